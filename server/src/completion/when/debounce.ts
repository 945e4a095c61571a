// How long to wait before the model is asked. A request is cancelled between two steps of decoding, so it costs little to
// ask in vain: only in a burst, where the next key is due in a moment, is that key waited for.

/** What is known of the user's typing. */
export interface TypingRhythm {
  /** Mean interval between keys in milliseconds, of those that followed each other. */
  readonly intervalMs: number;
  /** When the last key was typed; undefined before the first. */
  readonly lastKeyAt: number | undefined;
}

export const unknownRhythm: TypingRhythm = { intervalMs: 120, lastKeyAt: undefined };

/** A longer interval is a pause for thought and says nothing of the rhythm. */
const LONGEST_INTERVAL = 600;

/** Weight of the newest interval. */
const LEARNING_RATE = 0.15;

/** Milliseconds waited beyond the moment at which the next key is expected. */
const MARGIN = 25;

const SHORTEST_PAUSE = 15;
const LONGEST_PAUSE = 60;

/** An automatically closed pair inserts two characters; more is a paste, a snippet or an accepted suggestion. */
const LONGEST_KEYSTROKE = 2;

/** The rhythm after a change of some document. */
export function learnRhythm(rhythm: TypingRhythm, insertedLength: number, now: number): TypingRhythm {
  if (insertedLength === 0 || insertedLength > LONGEST_KEYSTROKE) return { ...rhythm, lastKeyAt: undefined };
  if (rhythm.lastKeyAt === undefined) return { ...rhythm, lastKeyAt: now };
  const interval = now - rhythm.lastKeyAt;
  if (interval > LONGEST_INTERVAL) return { ...rhythm, lastKeyAt: now };
  return { intervalMs: rhythm.intervalMs + LEARNING_RATE * (interval - rhythm.intervalMs), lastKeyAt: now };
}

/** Milliseconds to wait before an automatic request. */
export function pauseBefore(rhythm: TypingRhythm, setting: 'auto' | number, now: number): number {
  if (setting !== 'auto') return Math.max(0, setting);
  if (rhythm.lastKeyAt === undefined) return SHORTEST_PAUSE;
  const expectedIn = rhythm.lastKeyAt + rhythm.intervalMs + MARGIN - now;
  // A key that is due later than the longest pause leaves time to compute, so that waiting for it would gain nothing.
  return expectedIn > LONGEST_PAUSE ? SHORTEST_PAUSE : Math.max(SHORTEST_PAUSE, expectedIn);
}
