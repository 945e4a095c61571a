// Whether a string, a line of a comment, or a line of prose is put together from both sides. Two edits of one line of code mostly
// go together; a sentence that both sides changed says something that neither of them says.

import { tokenize } from '../diff/tokenize.js';
import { withoutSpace } from '../diff/withoutSpace.js';
import type { GateCheck } from './types.js';

export const proseLanguages: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'latex',
  'restructuredtext',
  'asciidoc',
]);

export const mixedSentences: GateCheck = ({ candidate, input: { base = '', languageId }, sides }) => {
  const known = new Set([base, ...sides.map(({ text }) => text)].flatMap((text) => sentencesIn(text, languageId)));
  return sentencesIn(candidate.text, languageId).some((each) => !known.has(each)) ? 'mixedSentence' : undefined;
};

/** Lines of a block comment that may have begun above the conflict. */
const starred = /^[ \t]*\*[ \t].*$/gm;

/** Without their white space. */
function sentencesIn(text: string, languageId: string): string[] {
  if (proseLanguages.has(languageId)) return text.split('\n').map(withoutSpace);
  const sentences = (text.match(starred) ?? []).map(withoutSpace);
  let isInside = false;
  for (const { text: token, kind } of tokenize(text, languageId)) {
    if (kind === 'space') continue;
    if (kind !== 'string' && kind !== 'comment') {
      isInside = false;
      continue;
    }
    if (isInside) sentences[sentences.length - 1] += token;
    else sentences.push(token);
    isInside = true;
  }
  return sentences;
}
