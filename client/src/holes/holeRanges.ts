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

/**
 * Where the placeholders of holes stand in a text, in the order of the holes; undefined for those that are filled.
 * @param holes where each was last seen. An editor writes no more than differs, so what comes back may only touch that,
 *   and redo writes more than the placeholder alone.
 */
export function placeholdersIn(
  text: string,
  holes: readonly { readonly range: TextRange; readonly placeholder: string }[],
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
