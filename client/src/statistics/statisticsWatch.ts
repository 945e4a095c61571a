// What becomes of suggestions: which are new, and which of the accepted are still there after a while. It knows places and
// texts for as long as it must and gives out numbers alone.

export interface Offered {
  readonly uri: string;
  readonly line: number;
  /** The line in front of the suggestion, with the suggestion: the same for as long as the user types along. */
  readonly whole: string;
}

export interface Change {
  /** UTF-16 offset and length of what was replaced, and the length of what came in its place. */
  readonly offset: number;
  readonly removed: number;
  readonly inserted: number;
}

/** Whether a suggestion is the last one again, of which the user has typed a part. */
export function isSame(a: Offered | undefined, b: Offered): boolean {
  return a !== undefined && a.uri === b.uri && a.line === b.line && a.whole === b.whole;
}

/** Of a suggestion, as its command says it. */
interface End {
  readonly position: { readonly line: number; readonly character: number };
  readonly probability?: number;
  readonly holes?: object;
}

/** Whether a suggestion that was taken is one that was shown. */
export function isSameEnd(shown: End, taken: End | undefined): boolean {
  return (
    taken !== undefined &&
    shown.position.line === taken.position.line &&
    shown.position.character === taken.position.character &&
    shown.probability === taken.probability &&
    (shown.holes === undefined) === (taken.holes === undefined)
  );
}

/** Where a place is after a change in front of it; changes at it or behind it leave it. */
export function moved(start: number, { offset, removed, inserted }: Change): number {
  if (offset >= start) return start;
  return offset + removed <= start ? start + inserted - removed : offset;
}

/** The pace of typing, from the pauses between single characters. */
export interface Pace {
  readonly count: number;
  readonly ms: number;
}

/** Longer pauses are for thinking. */
const LONGEST_PAUSE = 1_000;
/** Milliseconds a character of a practised hand, until the user's own is known. */
const USUAL_PACE = 200;
const ENOUGH = 50;

export function typed(pace: Pace, pauseMs: number): Pace {
  if (pauseMs <= 0 || pauseMs > LONGEST_PAUSE) return pace;
  // Older pauses fade, so that the pace follows the user.
  const fading = pace.count >= 1_000 ? 0.999 : 1;
  return { count: pace.count * fading + 1, ms: pace.ms * fading + pauseMs };
}

export function msPerCharacter({ count, ms }: Pace): number {
  return count < ENOUGH ? USUAL_PACE : ms / count;
}
