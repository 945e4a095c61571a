// Languages by their identifiers, by what their files are called, and by what people call them.

import { languages } from './list.js';
import type { Language } from './types.js';

const byId: ReadonlyMap<string, Language> = new Map(languages.map((language) => [language.id, language]));
const byFileName = keyed(({ fileNames }) => fileNames);
const byExtension = keyed(({ extensions }) => extensions);
const byOtherName = keyed(({ otherNames }) => otherNames);

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

/** The identifier of what somebody calls a language: its identifier, another editor's name, or an extension. */
export function languageCalled(name: string): string | undefined {
  const lower = name.toLowerCase();
  return (byId.get(lower) ?? byOtherName.get(lower) ?? byExtension.get(`.${lower}`))?.id;
}

function keyed(keysOf: (language: Language) => readonly string[] | undefined): ReadonlyMap<string, Language> {
  return new Map(languages.flatMap((language) => (keysOf(language) ?? []).map((key) => [key, language] as const)));
}
