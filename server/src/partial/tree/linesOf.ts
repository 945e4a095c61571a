// The lines of a text, and how many of them a partial program keeps.

import type { OffsetRange } from '../../common/range.js';
import { charactersBefore } from './fill.js';
import type { PartialProgram } from '../types.js';

/** The lines that have something on them, without the white space on their sides. */
export function linesOf(text: string): readonly OffsetRange[] {
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => {
    const own = line.trim();
    const start = index + line.length - line.trimStart().length;
    return own === '' ? [] : [{ start, end: start + own.length }];
  });
}

export interface KeptLines {
  /** Each line counts with the share of its characters that stand outside of the holes. */
  readonly lines: number;
  /** Lines of which anything is left. */
  readonly touched: number;
  /** Holes that take whole lines, and so have a line of their own. */
  readonly holesAlone: number;
}

/** What partial programs of one text keep of its lines. */
export function keptLinesOf(text: string): (program: PartialProgram) => KeptLines {
  const before = charactersBefore(text);
  const all = linesOf(text);
  const count = ({ start, end }: OffsetRange): number => before[end]! - before[start]!;
  const isAlone = ({ start, end }: OffsetRange): boolean =>
    all.some((line) => line.start === start) && all.some((line) => line.end === end);
  return ({ holes, isEverything }) => {
    let [lines, touched] = [0, 0];
    if (isEverything) return { lines, touched, holesAlone: 0 };
    for (const line of all) {
      let out = 0;
      for (const { range } of holes) {
        const both = { start: Math.max(range.start, line.start), end: Math.min(range.end, line.end) };
        if (both.start < both.end) out += count(both);
      }
      const kept = count(line) - out;
      lines += kept / count(line);
      if (kept > 0) touched++;
    }
    const holesAlone = holes.filter(({ range, isRest }) => !isRest && isAlone(range)).length;
    return { lines, touched, holesAlone };
  };
}
