// Whether every edit of either side is in the answer: the words that a side added are there, and those that it took out
// are gone.

import { countsOf } from '../../common/countsOf.js';
import { inverted } from '../diff/inverted.js';
import type { GateCheck } from './types.js';

export const droppedEdits: GateCheck = ({ sides, places, base, answer }) => {
  const keptOfBase = inverted(places.base, base.words.length);
  for (const [index, side] of sides.entries()) {
    const inAnswer = inverted(places.sides[index]!, side.spaced.words.length);
    for (const [word, place] of side.inBase.entries()) {
      if (place === -1 && inAnswer[word] === -1) return 'droppedEdit';
    }
    const other = sides[1 - index]!;
    for (const [word, place] of side.fromBase.entries()) {
      const kept = keptOfBase[word]!;
      if (place !== -1 || kept === -1) continue;
      // An equal word that a side wrote anew is not the one that was taken out.
      const isOwn = places.sides[index]![kept] !== -1;
      const inOther = places.sides[1 - index]![kept]!;
      if (!isOwn && (inOther === -1 || other.inBase[inOther] !== -1)) return 'droppedEdit';
    }
  }
  return countsFit(answer.words, base.words, [sides[0].spaced.words, sides[1].spaced.words])
    ? undefined
    : 'droppedEdit';
};

/** An alignment may take one occurrence of a word for another; how often it occurs has to fit all the same. */
function countsFit(
  answer: readonly string[],
  base: readonly string[],
  sides: readonly [readonly string[], readonly string[]],
): boolean {
  const inAnswer = countsOf(answer);
  const inBase = countsOf(base);
  const inSides = sides.map(countsOf);
  return inSides.every((own, index) => {
    const other = inSides[1 - index]!;
    return [...new Set([...own.keys(), ...inBase.keys()])].every((word) => {
      const before = inBase.get(word) ?? 0;
      const change = (own.get(word) ?? 0) - before;
      const otherChange = (other.get(word) ?? 0) - before;
      const found = inAnswer.get(word) ?? 0;
      if (change > 0) return found >= before + change + Math.min(0, otherChange);
      if (change < 0) return found <= before + change + Math.max(0, otherChange);
      // What neither side touched stays.
      return otherChange !== 0 || found >= before;
    });
  });
}
