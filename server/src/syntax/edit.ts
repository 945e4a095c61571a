// Finds what changed between two versions of a text: one edit, between their common start and their common end.

/** Row and column of an offset, both from 0; the column counts UTF-16 code units. */
export interface TextPoint {
  readonly row: number;
  readonly column: number;
}

/** One replaced range, in the terms of tree-sitter. */
export interface TextEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: TextPoint;
  readonly oldEndPosition: TextPoint;
  readonly newEndPosition: TextPoint;
}

/** Of so many code units it is asked at once whether they are the same. */
const BLOCK = 512;

/** The smallest single edit that turns one text into the other; undefined when they are equal. */
export function findEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + BLOCK <= shorter && before.slice(start, start + BLOCK) === after.slice(start, start + BLOCK))
    start += BLOCK;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let common = 0;
  while (common + BLOCK <= shorter - start && blockBefore(before, common) === blockBefore(after, common))
    common += BLOCK;
  while (
    common < shorter - start &&
    before.charCodeAt(before.length - 1 - common) === after.charCodeAt(after.length - 1 - common)
  ) {
    common++;
  }
  const oldEndIndex = before.length - common;
  const newEndIndex = after.length - common;
  const startPosition = pointAfter({ row: 0, column: 0 }, before, 0, start);
  return {
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition,
    oldEndPosition: pointAfter(startPosition, before, start, oldEndIndex),
    newEndPosition: pointAfter(startPosition, after, start, newEndIndex),
  };
}

/** The block that ends so many code units before the text's end. */
function blockBefore(text: string, fromEnd: number): string {
  return text.slice(text.length - fromEnd - BLOCK, text.length - fromEnd);
}

function pointAfter(from: TextPoint, text: string, start: number, end: number): TextPoint {
  let { row } = from;
  let lineStart = start - from.column;
  for (
    let newline = text.indexOf('\n', start);
    newline !== -1 && newline < end;
    newline = text.indexOf('\n', lineStart)
  ) {
    row++;
    lineStart = newline + 1;
  }
  return { row, column: end - lineStart };
}
