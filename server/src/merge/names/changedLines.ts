// Which lines of a file a side took out, and which it wrote, whatever their places: it takes no alignment, so every conflict
// can ask.

import { countsOf } from '../../common/countsOf.js';
import { once } from '../../common/once.js';
import { linesOf } from '../diff/material.js';
import type { WholeText } from '../types.js';
import { anyWord } from './occurrences.js';

interface ChangedLines {
  /** How often each word stands on lines that were taken out, less how often on those that were written. */
  gone(): ReadonlyMap<string, number>;
  /** Words on changed lines and on a few lines above each, where the head of what changed may stand. */
  near(): ReadonlySet<string>;
}

/** Lines of parameters above the one that changed, up to the function's name. */
const LINES_ABOVE = 12;

/** UTF-16 units; longer files are not read. */
export const LONGEST_FILE = 200_000;

const known = new WeakMap<WholeText, ChangedLines>();

/** The same object each time for a side. */
export function changedLinesOf(base: WholeText, side: WholeText): ChangedLines {
  const found = known.get(side) ?? changedLines(base.text, side.text);
  known.set(side, found);
  return found;
}

function changedLines(base: string, side: string): ChangedLines {
  const isShort = base.length <= LONGEST_FILE && side.length <= LONGEST_FILE;
  const [baseLines, sideLines] = isShort ? [linesOf(base), linesOf(side)] : [[], []];
  const changed = once(() => [
    { lines: baseLines, numbers: linesWithout(baseLines, sideLines), by: 1 },
    { lines: sideLines, numbers: linesWithout(sideLines, baseLines), by: -1 },
  ]);
  return {
    gone: once(() => {
      const gone = new Map<string, number>();
      for (const { lines, numbers, by } of changed()) {
        for (const number of numbers) {
          for (const word of lines[number]!.match(anyWord) ?? []) gone.set(word, (gone.get(word) ?? 0) + by);
        }
      }
      return gone;
    }),
    near: once(() => {
      const near = new Set<string>();
      for (const { lines, numbers } of changed()) {
        let told = 0;
        for (const number of numbers) {
          for (let above = Math.max(told, number - LINES_ABOVE); above <= number; above++) {
            for (const word of lines[above]!.match(anyWord) ?? []) near.add(word);
          }
          told = number + 1;
        }
      }
      return near;
    }),
  };
}

/** The lines of a text that its base does not have, white space at their ends aside. */
export function newLines(text: string, base: string): string {
  const known = new Set(linesOf(base).map((line) => line.trim()));
  return linesOf(text)
    .filter((line) => !known.has(line.trim()))
    .join('');
}

/** The numbers of lines that stand more often in one text than in another. */
function linesWithout(lines: readonly string[], others: readonly string[]): number[] {
  const left = countsOf(others);
  return [...lines.keys()].filter((number) => {
    const count = left.get(lines[number]!) ?? 0;
    left.set(lines[number]!, count - 1);
    return count <= 0;
  });
}
