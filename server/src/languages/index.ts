// The list of languages. What Lacuna knows of one stands in its file under `trees/`, or, where it has no tree, with its
// like under `others/`; rooms ask here by VS Code's identifier.

import type { Lexicon } from './forms/lexicon.js';
import { lexicon, stringForm } from './forms/lexicon.js';
import { mergeLexicon, type MergeLexicon } from './forms/mergeLexicon.js';
import { double, tripleDouble } from './forms/stringForms.js';
import { curly } from './others/curly.js';
import { data } from './others/data.js';
import { functional } from './others/functional.js';
import { markup } from './others/markup.js';
import { scripts } from './others/scripts.js';
import { wordy } from './others/wordy.js';
import { c } from './trees/c.js';
import { cpp } from './trees/cpp.js';
import { csharp } from './trees/csharp.js';
import { go } from './trees/go.js';
import { java } from './trees/java.js';
import { javascript } from './trees/javascript.js';
import { kotlin } from './trees/kotlin.js';
import { lua } from './trees/lua.js';
import { php } from './trees/php.js';
import { python } from './trees/python.js';
import { ruby } from './trees/ruby.js';
import { rust } from './trees/rust.js';
import { typescript } from './trees/typescript.js';
import type { Language } from './types.js';

export { HOLE } from './forms/nodeTypes.js';
export type { CodeForm, Lexicon, StringForm } from './forms/lexicon.js';
export type { MergeLexicon, MergeQuote } from './forms/mergeLexicon.js';
export type { DeclarationNodes, Language, Program } from './types.js';

export const languages: readonly Language[] = [
  ...[...typescript, ...javascript, python, java, csharp, go, ...c, ...cpp, rust, ...ruby, php, kotlin, lua],
  ...[...curly, ...scripts, ...functional, ...wordy, ...data, ...markup],
];

const byId: ReadonlyMap<string, Language> = new Map(languages.map((language) => [language.id, language]));
const byFileName = keyed(({ fileNames }) => fileNames);
const byExtension = keyed(({ extensions }) => extensions);

/** What is known of a language by VS Code's identifier. */
export function languageOf(languageId: string): Language | undefined {
  return byId.get(languageId);
}

/** The language that an editor would give a file by its name. */
export function languageIdOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const extension = name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : '';
  return (byFileName.get(name) ?? byExtension.get(extension))?.id ?? 'plaintext';
}

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

function keyed(keysOf: (language: Language) => readonly string[] | undefined): ReadonlyMap<string, Language> {
  return new Map(languages.flatMap((language) => (keysOf(language) ?? []).map((key) => [key, language] as const)));
}
