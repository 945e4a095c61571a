// Whether a line of the answer says something that neither side says: a word that is nowhere, unless a rule that writes
// new words made it, or two words next to each other that no version and no rule puts together.

import { gapIn } from '../candidates/spacing/spacedWords.js';
import type { GateCheck } from './types.js';

export const inventedLines: GateCheck = ({ candidate, answer, base, sides, places }) => {
  const isWritten = candidate.derivations.every(({ source }) => source === 'generated');
  const isJoined = candidate.derivations.some(({ source }) => source === 'structural' || source === 'generated');
  const views = [
    { words: sides[0].spaced.words, places: places.sides[0] },
    { words: sides[1].spaced.words, places: places.sides[1] },
    { words: base.words, places: places.base },
  ];
  const stands = (gap: number): boolean =>
    views.some((view) => gapIn(view.places, gap, { from: answer.words.length, to: view.words.length }) !== -1);
  for (const [index, word] of answer.words.entries()) {
    if (!isWritten && views.every((view) => view.places[index] === -1)) return 'inventedLine';
    if (index === 0 || answer.gaps[index]!.includes('\n') || stands(index)) continue;
    const isSeparated = separator.test(word) || separator.test(answer.words[index - 1]!);
    if (!isWritten && !(isJoined && isSeparated)) return 'inventedLine';
  }
  return undefined;
};

/** Between two entries of a list. */
const separator = /^[,;|&]+$/;
