// A name that one side gave to something in place of another, and texts with the new name. Words of strings and comments
// stay as they are.

import { tokenize } from '../diff/tokenize.js';
import type { Rename } from '../types.js';
import { eachCodeWord, type CodeWord } from './codeWords.js';

/** The text with every rename; the same text where it uses no old name. */
export function withRenames(text: string, languageId: string, renames: readonly Rename[]): string {
  if (!renames.some(({ old }) => text.includes(old))) return text;
  const tokens = tokenize(text, languageId);
  const written = tokens.map((token) => token.text);
  eachCodeWord(tokens, languageId, (token, word, index) => {
    const rename = renames.find(({ old }) => old === token.text);
    if (rename !== undefined && isUse(word, rename)) written[index] = rename.renamed;
  });
  return written.join('');
}

/** Names for the object at hand, in front of its members. */
const selves = /^(?:this|self|Self|cls|\$this|static)(?:\.|\?\.|->|::)$/;

/** Whether a word of the old name stands for what was renamed. */
export function isUse({ qualifier }: CodeWord, { alone, members }: Pick<Rename, 'alone' | 'members'>): boolean {
  if (qualifier === '') return alone;
  if (members === 'none' || qualifier.length === 1) return false;
  return members === 'any' || selves.test(qualifier);
}
