// The names that a text defines or brings in, read off its words: a conflict seldom parses alone.

import type { SpacedWords } from '../candidates/spacing/spacedWords.js';

const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Words behind which a name is defined for the whole file, mostly, in all languages together. */
const definers = wordsOf(
  'class def enum extern fn fun func function interface macro module namespace object package protocol record struct trait ' +
    'type typedef union',
);

/** Words behind which a name is often a variable of a few lines. */
const localDefiners = wordsOf('const let mut static val var');

/** Words behind which all names of a line are brought in. */
const importers = wordsOf('import from use using require include');

const assigns = new Set(['=', ':=', ':']);

export interface DefinedNames {
  /** All names that are defined or imported. */
  readonly all: ReadonlySet<string>;
  /** Those of them that are imported, or defined by a word that seldom stands in front of a variable of a few lines. */
  readonly lasting: ReadonlySet<string>;
}

export function definedNames({ words, gaps }: SpacedWords): DefinedNames {
  const all = new Set<string>();
  const lasting = new Set<string>();
  let isImport = false;
  let depth = 0;
  for (const [at, word] of words.entries()) {
    if (isImport && depth <= 0 && gaps[at]!.includes('\n')) isImport = false;
    if ('([{'.includes(word)) depth++;
    if (')]}'.includes(word)) depth--;
    if (importers.has(word)) [isImport, depth] = [true, 0];
    if (!name.test(word) || definers.has(word) || localDefiners.has(word) || importers.has(word)) continue;
    const before = words[at - 1] ?? '';
    const isLasting = isImport || definers.has(before);
    if (isLasting) lasting.add(word);
    if (isLasting || localDefiners.has(before) || (before !== '.' && assigns.has(words[at + 1] ?? ''))) all.add(word);
  }
  return { all, lasting };
}

function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
