// Whether the answer uses a name whose definition a side took out: each edit is sound by itself, and together they leave a
// name that nothing defines any more. In the conflict any definition counts. Of the rest of the file those count that hold for
// all of it, imports among them, and only where the rest does not know the name at all any more; since what defines it may have
// moved to another file, such an answer is not certain, but may well be the first.

import { spacedWordsOf } from '../candidates/spacing/spacedWords.js';
import type { MergeInput, WholeText } from '../types.js';
import { definedNames } from './definedNames.js';
import { occursIn } from './occursIn.js';
import type { Gated, GateCheck } from './types.js';

/** UTF-16 units; a longer file is not read word by word. */
const LONGEST_FILE = 200_000;

export const lostNames: GateCheck = (gated) =>
  usesLostName(gated) || usesNameLostElsewhere(gated) ? 'lostName' : undefined;

/** Whether a name is lost that the conflict's own base defines. */
export function usesLostName({ answer, conflictNames }: Pick<Gated, 'answer' | 'conflictNames'>): boolean {
  const { gone } = conflictNames();
  if (gone.length === 0) return false;
  const used = new Set(answer.words);
  if (!gone.some((each) => used.has(each))) return false;
  const defined = definedNames(answer).all;
  return gone.some((each) => used.has(each) && !defined.has(each));
}

function usesNameLostElsewhere({ input, answer }: Gated): boolean {
  const before = lastingNames(input);
  if (before.size === 0) return false;
  const defined = definedNames(answer).all;
  return [...unqualifiedIn(answer.words)].some(
    (each) => before.has(each) && !defined.has(each) && !occursIn(each, input.file!.rest),
  );
}

/** Words that are not parts of another name's inside (`a.b`, `a::b`, `a->b`): these need no definition in the file. */
function unqualifiedIn(words: readonly string[]): Set<string> {
  return new Set(words.filter((_, at) => !qualifies.test(`${words[at - 2] ?? ''}${words[at - 1] ?? ''}`)));
}

const qualifies = /(?:\.|::|->|\\)$/;

const known = new WeakMap<WholeText, ReadonlySet<string>>();

/** What the whole file defined before both sides. */
function lastingNames({ file, languageId }: MergeInput): ReadonlySet<string> {
  if (file === undefined || file.base.text.length > LONGEST_FILE) return new Set();
  const found = known.get(file.base);
  if (found !== undefined) return found;
  const names = definedNames(spacedWordsOf(file.base.text, languageId)).lasting;
  known.set(file.base, names);
  return names;
}
