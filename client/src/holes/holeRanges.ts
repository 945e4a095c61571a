// Where holes are while a document is edited. A hole that was filled, or was taken back with its suggestion, is remembered:
// undo brings its placeholder back, and then it is a hole again.

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A change of a text, by the offsets before it. */
export interface TextChange extends TextRange {
  readonly text: string;
}

export interface KnownRange {
  /** Where its placeholder stands, or stood when it was last seen. */
  readonly range: TextRange;
  readonly placeholder: string;
  /** Whether the placeholder stands there. */
  readonly isOpen: boolean;
}

/** The range after a change. What is written into a range, or in the place of it, belongs to it; what touches it does not. */
export function movedRange(range: TextRange, change: TextChange): TextRange {
  const shift = change.text.length - (change.end - change.start);
  const isEmpty = range.start === range.end;
  if (isEmpty && change.start <= range.start && change.end >= range.end) {
    return { start: change.start, end: change.start + change.text.length };
  }
  if (change.end <= range.start) return { start: range.start + shift, end: range.end + shift };
  if (change.start >= range.end) return range;
  return { start: Math.min(range.start, change.start), end: Math.max(range.end, change.end) + shift };
}

/**
 * The edits that fill holes with what the model would write, and where the last filling ends once all are made.
 * @param holes in the order of the text
 */
export function fillingsOfAll(holes: readonly { readonly range: TextRange; readonly wouldBe: string }[]): {
  readonly edits: readonly TextChange[];
  readonly end: number;
} {
  const edits = holes.map(({ range, wouldBe }) => ({ ...range, text: wouldBe }));
  const grown = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  return { edits, end: (edits.at(-1)?.end ?? 0) + grown };
}

/** Which of several ranges in the order of the text holds a place: where two touch, the one that begins there. */
export function rangeAt(ranges: readonly TextRange[], at: number): number {
  return ranges.findLastIndex(({ start, end }) => start <= at && at <= end);
}

/**
 * Holes after changes of their document that were made one after the other, in the order of the text. A change that writes a
 * whole stretch anew, as that of all line ends does, leaves several holes with one range: their placeholders come in the
 * order in which they were, and none goes to a hole that was filled while there is one for it that was not.
 */
export function changedHoles<Hole extends KnownRange>(
  holes: readonly Hole[],
  changes: readonly TextChange[],
  text: string,
): readonly Hole[] {
  const moved = inOrder(holes).map((hole) => ({ ...hole, range: changes.reduce(movedRange, hole.range) }));
  const sought = [...moved.filter(({ isOpen }) => isOpen), ...moved.filter(({ isOpen }) => !isOpen)];
  const places = placeholdersIn(text, sought);
  return moved.map((hole) => {
    const place = places[sought.indexOf(hole)];
    return { ...hole, range: place ?? hole.range, isOpen: place !== undefined };
  });
}

/**
 * The known holes and those of a suggestion that was accepted. One that was taken back and is accepted again is there once:
 * its placeholder was found when it was written.
 * @param accepted where they were to be. An editor writes the indentation of further lines in its own way, so a placeholder
 *   may stand elsewhere on its line.
 * @param most that are kept; those that are filled go first
 */
export function withAccepted<Hole extends KnownRange>(
  known: readonly Hole[],
  accepted: readonly Hole[],
  text: string,
  most: number,
): readonly Hole[] {
  const sought = accepted.map(({ range, placeholder }) => ({
    range: text.startsWith(placeholder, range.start) ? range : lineAround(text, range.start),
    placeholder,
  }));
  const places = placeholdersIn(text, sought);
  const added = accepted.map((hole, index) => {
    const place = places[index];
    return { ...hole, range: place ?? hole.range, isOpen: place !== undefined };
  });
  const isSame = (one: TextRange, other: TextRange): boolean => one.start === other.start && one.end === other.end;
  const others = known.filter(({ range }) => !added.some((hole) => isSame(hole.range, range)));
  const all = [...others.filter(({ isOpen }) => !isOpen), ...others.filter(({ isOpen }) => isOpen), ...added];
  return inOrder(all.slice(-most));
}

function lineAround(text: string, at: number): TextRange {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end === -1 ? text.length : end };
}

function inOrder<Hole extends KnownRange>(holes: readonly Hole[]): readonly Hole[] {
  return holes.toSorted((a, b) => a.range.start - b.range.start);
}

/**
 * Where the placeholders of holes stand in a text, in the order of the holes; undefined for those that are filled.
 * @param holes where each was last seen. An editor writes no more than differs, so what comes back may only touch that,
 *   and redo writes more than the placeholder alone.
 */
export function placeholdersIn(
  text: string,
  holes: readonly Pick<KnownRange, 'range' | 'placeholder'>[],
): readonly (TextRange | undefined)[] {
  const isInPlace = holes.map(({ range, placeholder }) => text.slice(range.start, range.end) === placeholder);
  const taken = new Set(holes.flatMap(({ range }, index) => (isInPlace[index] === true ? range.start : [])));
  return holes.map(({ range, placeholder }, index) => {
    if (isInPlace[index] === true) return range;
    let start = text.indexOf(placeholder, Math.max(0, range.start - placeholder.length));
    while (taken.has(start)) start = text.indexOf(placeholder, start + 1);
    if (start === -1 || start > range.end) return undefined;
    taken.add(start);
    return { start, end: start + placeholder.length };
  });
}
