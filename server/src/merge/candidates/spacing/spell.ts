// Of texts that differ in white space alone, which stands for all of them: the one that loses fewest edits of the sides,
// with the white space that both sides changed.

import type { Spell } from '../candidateList.js';
import { createSpacing } from './mergeSpacing.js';
import type { ConflictTexts } from '../../types.js';

/** UTF-16 units of candidates that are spelled anew for one conflict, all together. */
const MOST_SPELLED = 200_000;

export function createSpell(texts: ConflictTexts, languageId: string): Spell {
  const spacing = createSpacing(texts, languageId);
  let left = MOST_SPELLED;
  return (spellings) => {
    const [first] = spellings;
    if (!spacing.hasEdits || left <= 0) return { text: first!, variants: [] };
    left -= spellings.reduce((sum, { length }) => sum + length, 0);
    const spelled = spellings.map((text) => ({ ...spacing.apply(text), own: text }));
    const best = spelled.reduce((least, each) => (each.lost < least.lost ? each : least));
    if (best.lost === 0) return { text: best.text, variants: [] };
    // Both sides changed the same white space, each otherwise: nobody can say which of the two is meant.
    const others = new Set([...spelled.map(({ text }) => text), ...spelled.map(({ own }) => own)]);
    others.delete(best.text);
    return { text: best.text, variants: [...others].slice(0, 1) };
  };
}
