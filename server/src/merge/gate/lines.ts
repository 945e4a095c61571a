// Whole lines that an answer should not have: one that stands there more often than in either side, and marker lines that
// git would take for a conflict.

import { countsOf } from '../../common/countsOf.js';
import { linesOf } from '../diff/material.js';
import type { GateCheck } from './types.js';

export const doubledLines: GateCheck = ({ candidate, sides }) => {
  const [ours, theirs] = sides.map(({ text }) => linesIn(text));
  for (const [line, count] of linesIn(candidate.text)) {
    if (count > 1 && count > Math.max(ours!.get(line) ?? 0, theirs!.get(line) ?? 0)) return 'doubledLine';
  }
  return undefined;
};

export function hasMarkers(text: string): boolean {
  return /^(?:(?:<{7,}|>{7,}|\|{7,})(?: |\r?$)|={7}\r?$)/m.test(text);
}

/** How often each line stands in a text; lines of brackets and signs alone say nothing. */
function linesIn(text: string): Map<string, number> {
  return countsOf(
    linesOf(text)
      .map((line) => line.trim())
      .filter((line) => /[\p{L}\p{N}]/u.test(line)),
  );
}
