// Whether the answer uses a name whose definition a side took out: each edit is sound by itself, and together they leave a
// name that nothing defines any more. What defines a name is read off the words, since a conflict seldom parses alone.

import type { SpacedWords } from '../candidates/spacing/spacedWords.js';
import { occursIn } from './occursIn.js';
import type { Gated, GateCheck } from './types.js';

const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Words behind which a name is defined, in all languages together. */
const definers = wordsOf(
  'class const def enum extern fn fun func function interface let macro module mut namespace object package protocol ' +
    'record static struct trait type typedef union val var',
);

/** Words behind which all names of a line are brought in. */
const importers = wordsOf('import from use using require include');

const assigns = new Set(['=', ':=', ':']);

export const lostNames: GateCheck = (gated) => (usesLostName(gated) ? 'lostName' : undefined);

export function usesLostName({
  input,
  answer,
  base,
  sides,
}: Pick<Gated, 'input' | 'answer' | 'base' | 'sides'>): boolean {
  const left = sides.map(({ spaced }) => new Set(spaced.words));
  const gone = [...definedIn(base)].filter((each) => left.some((words) => !words.has(each)));
  if (gone.length === 0) return false;
  const used = new Set(answer.words);
  const defined = definedIn(answer);
  return gone.some(
    (each) => used.has(each) && !defined.has(each) && !occursIn(each, input.before) && !occursIn(each, input.after),
  );
}

/** Names that a text defines or imports. */
function definedIn({ words, gaps }: SpacedWords): Set<string> {
  const found = new Set<string>();
  let isImport = false;
  let depth = 0;
  for (const [at, word] of words.entries()) {
    if (isImport && depth <= 0 && gaps[at]!.includes('\n')) isImport = false;
    if ('([{'.includes(word)) depth++;
    if (')]}'.includes(word)) depth--;
    if (importers.has(word)) [isImport, depth] = [true, 0];
    if (!name.test(word) || definers.has(word) || importers.has(word)) continue;
    const before = words[at - 1] ?? '';
    if (isImport || definers.has(before) || (before !== '.' && assigns.has(words[at + 1] ?? ''))) found.add(word);
  }
  return found;
}

function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
