// What became of the base's names in the sides: found out once for a conflict, whatever the number of its answers.

import { renamesOf } from '../candidates/rules/replay.js';
import type { SpacedWords } from '../candidates/spacing/spacedWords.js';
import { codeWordsOf } from '../names/codeWords.js';
import type { MergeInput } from '../types.js';
import { definedNames } from './definedNames.js';
import type { ConflictNames, GateSide } from './types.js';

export function conflictNamesOf(
  { before, after, languageId }: Pick<MergeInput, 'before' | 'after' | 'languageId'>,
  base: SpacedWords,
  sides: readonly [GateSide, GateSide],
): ConflictNames {
  const left = sides.map(({ spaced }) => new Set(spaced.words));
  // A name that the lines around still use was not taken out, or not everywhere; one that a text or a comment has is no use.
  const outside = codeWordsOf(`${before}\n${after}`, languageId);
  return {
    gone: [...definedNames(base).all].filter((each) => left.some((words) => !words.has(each)) && !outside.has(each)),
    renamed: sides.flatMap(({ spaced }, index) =>
      [...renamesOf(base.words, spaced.words).keys()].filter((old) => !left[index]!.has(old) && !outside.has(old)),
    ),
  };
}
