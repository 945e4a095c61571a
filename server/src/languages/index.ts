// What Lacuna knows of languages, asked for by VS Code's identifier. Of one it stands in its file under `trees/`, or, where
// it has no tree, with its like under `others/`.

import type { Lexicon } from './forms/lexicon.js';
import { lexicon, stringForm } from './forms/lexicon.js';
import { mergeLexicon, type MergeLexicon } from './forms/mergeLexicon.js';
import { double, tripleDouble } from './forms/stringForms.js';
import { languageOf } from './names.js';

export { embeddedAt, only, type Embedded } from './embedded.js';
export { languages } from './list.js';
export { languageIdOf, languageOf } from './names.js';
export { HOLE } from './forms/nodeTypes.js';
export type { CodeForm, Lexicon, StringForm } from './forms/lexicon.js';
export type { MergeLexicon, MergeQuote } from './forms/mergeLexicon.js';
export type { DeclarationNodes, Language, NameNodes, Program } from './types.js';

/** A language that is not known: the strings that most have, and no comments. */
const unknown = lexicon({ strings: [tripleDouble, double, stringForm(/(?<!\w)'/, "'"), stringForm('`', '`')] });

/** How a language writes strings and comments. */
export function lexiconOf(languageId: string): Lexicon {
  return languageOf(languageId)?.lexicon ?? unknown;
}

const plain = mergeLexicon({});

/** What is a comment and what a string in a merge; nothing, where nobody has said. */
export function mergeLexiconOf(languageId: string): MergeLexicon {
  return languageOf(languageId)?.mergeLexicon ?? plain;
}
