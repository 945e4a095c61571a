// VS Code's language identifiers for what other editors call a language: `cs` in Vim, `js` in Emacs, `c-sharp` in Helix.

import { languageIdOf } from '../../common/languageIds.js';

/** By the names of Vim's and Neovim's file types, Emacs's modes, Helix, Kakoune and Kate, in lower case. */
const identifiers: Readonly<Record<string, string>> = {
  cs: 'csharp',
  'c#': 'csharp',
  'c-sharp': 'csharp',
  c_sharp: 'csharp',
  ts: 'typescript',
  tsx: 'typescriptreact',
  'typescript-tsx': 'typescriptreact',
  'typescript.tsx': 'typescriptreact',
  js: 'javascript',
  js2: 'javascript',
  js3: 'javascript',
  jsx: 'javascriptreact',
  rjsx: 'javascriptreact',
  'js-jsx': 'javascriptreact',
  'javascript.jsx': 'javascriptreact',
  py: 'python',
  python3: 'python',
  golang: 'go',
  'c++': 'cpp',
  sh: 'shellscript',
  bash: 'shellscript',
  zsh: 'shellscript',
  'shell-script': 'shellscript',
  ps1: 'powershell',
  dosbatch: 'bat',
  dosini: 'ini',
  make: 'makefile',
  objc: 'objective-c',
  objcpp: 'objective-cpp',
  tex: 'latex',
  eruby: 'erb',
  text: 'plaintext',
};

/** Languages whose file names no other language has, by which a name that is not known can be told. */
const ownExtensions: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'java',
  'csharp',
  'go',
]);

/** Names that stay, whatever the file is called. */
const known: ReadonlySet<string> = new Set([...ownExtensions, 'plaintext', 'xml', 'json', 'jsonc', 'html', 'markdown']);

/**
 * The identifier of a document's language, from the name that an editor other than VS Code gives it.
 * @param path the document's path or URI, for names that say nothing (`web`, an empty one)
 */
export function languageIdNamed(name: string, path: string): string {
  const identifier = identifierOf(name);
  if (identifier !== undefined) return identifier;
  if (known.has(name.toLowerCase())) return name.toLowerCase();
  const byPath = languageIdOf(path.replace(/[?#].*$/s, ''));
  return ownExtensions.has(byPath) ? byPath : name;
}

/** The settings of languages, under the identifiers that documents have; VS Code's own name wins over another editor's. */
export function languagesNamed(languages: Readonly<Record<string, boolean>>): Readonly<Record<string, boolean>> {
  const named = Object.entries(languages).map(([name, isOn]) => [identifierOf(name) ?? name, isOn] as const);
  return { ...Object.fromEntries(named), ...languages };
}

function identifierOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(identifiers, lower) ? identifiers[lower] : undefined;
}
