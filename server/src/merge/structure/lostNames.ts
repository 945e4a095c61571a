// Whether one side's new words use a name that the other side took out: each edit is sound by itself, and both together
// would leave a name that nothing defines.

import { countsOf } from '../../common/countsOf.js';

const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** @param words of the sides and of the base; white space behind them does not count */
export function losesNames(ours: readonly string[], base: readonly string[], theirs: readonly string[]): boolean {
  const [inOurs, inBase, inTheirs] = [ours, base, theirs].map((words) => countsOf(words.map((word) => word.trim())));
  return usesLost(inOurs!, inBase!, inTheirs!) || usesLost(inTheirs!, inBase!, inOurs!);
}

type Counts = ReadonlyMap<string, number>;

function usesLost(side: Counts, base: Counts, other: Counts): boolean {
  for (const [word, count] of side) {
    const before = base.get(word) ?? 0;
    if (before > 0 && count > before && !other.has(word) && name.test(word)) return true;
  }
  return false;
}
