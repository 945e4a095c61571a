// Puts texts in place of a completion's holes, and tells where they lie afterwards.

import type { OffsetRange } from '../../common/range.js';
import type { Hole, PartialProgram } from '../types.js';

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
export function keptCharacters(text: string, program: PartialProgram): number {
  return keptCharactersOf(text)(program);
}

/** The same for many programs of one completion. */
export function keptCharactersOf(text: string): (program: PartialProgram) => number {
  const before = charactersBefore(text);
  const all = before[text.length]!;
  return ({ holes, isEverything }) => {
    if (isEverything || all === 0) return 0;
    return 1 - holes.reduce((sum, { range }) => sum + before[range.end]! - before[range.start]!, 0) / all;
  };
}

/** How many characters, but for white space, stand in front of each place of a text, its end included. */
export function charactersBefore(text: string): Uint32Array {
  const before = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length; at++) before[at + 1] = before[at]! + (/\s/.test(text[at]!) ? 0 : 1);
  return before;
}
