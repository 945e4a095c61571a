// Puts texts in place of a completion's holes, and tells where they lie afterwards.

import type { OffsetRange } from '../common/range.js';
import type { Hole, PartialProgram } from './types.js';

export interface Filled {
  readonly text: string;
  /** Ranges of the fillings, in the order of the holes. */
  readonly ranges: readonly OffsetRange[];
}

/** @param fillingOf the text for each hole */
export function fill(
  text: string,
  holes: readonly Pick<Hole, 'range'>[],
  fillingOf: (index: number) => string,
): Filled {
  const ranges: OffsetRange[] = [];
  let filled = '';
  let at = 0;
  for (const [index, { range }] of holes.entries()) {
    filled += text.slice(at, range.start);
    const filling = fillingOf(index);
    ranges.push({ start: filled.length, end: filled.length + filling.length });
    filled += filling;
    at = range.end;
  }
  return { text: filled + text.slice(at), ranges };
}

/** The texts between the holes, one more than there are holes. */
export function piecesAround(text: string, holes: readonly Pick<Hole, 'range'>[]): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { range } of holes) {
    pieces.push(text.slice(at, range.start));
    at = range.end;
  }
  return [...pieces, text.slice(at)];
}

/** Share (0-1) of a completion's characters that a program keeps; white space does not count. */
export function keptCharacters(text: string, { holes, isEverything }: PartialProgram): number {
  const all = lengthOf(text);
  if (isEverything || all === 0) return 0;
  return 1 - holes.reduce((sum, { range }) => sum + lengthOf(text.slice(range.start, range.end)), 0) / all;
}

function lengthOf(text: string): number {
  return text.replace(/\s/g, '').length;
}
