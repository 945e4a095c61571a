// VS Code's language identifiers for what other editors call a language: `cs` in Vim, `js` in Emacs, `c-sharp` in Helix.

import { languageIdOf, languageOf, languages } from '../../languages/index.js';

/** By the names of Vim's and Neovim's file types, Emacs's modes, Helix, Kakoune and Kate, in lower case. */
const identifiers: ReadonlyMap<string, string> = new Map(
  languages.flatMap(({ id, otherNames = [] }) => otherNames.map((name) => [name, id] as const)),
);

/** Names that stay, whatever the file is called. */
const known: ReadonlyMap<string, string> = new Map(languages.map(({ id }) => [id.toLowerCase(), id]));

/**
 * The identifier of a document's language, from the name that an editor other than VS Code gives it.
 * @param path the document's path or URI, for names that say nothing (`web`, an empty one)
 */
export function languageIdNamed(name: string, path: string): string {
  const identifier = identifierOf(name);
  if (identifier !== undefined) return identifier;
  const same = known.get(name.toLowerCase());
  if (same !== undefined) return same;
  const byPath = languageIdOf(path.replace(/[?#].*$/s, ''));
  return languageOf(byPath)?.ownsExtensions === true ? byPath : name;
}

/** The settings of languages, under the identifiers that documents have; VS Code's own name wins over another editor's. */
export function languagesNamed(languages: Readonly<Record<string, boolean>>): Readonly<Record<string, boolean>> {
  const named = Object.entries(languages).map(([name, isOn]) => [identifierOf(name) ?? name, isOn] as const);
  return { ...Object.fromEntries(named), ...languages };
}

function identifierOf(name: string): string | undefined {
  return identifiers.get(name.toLowerCase());
}
