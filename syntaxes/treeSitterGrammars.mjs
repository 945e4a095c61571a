// The syntax trees' wasm files: the library's own, and a grammar for each language. They come from packages, and lie beside
// the bundles.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { languages } from './languages.mjs';

const require = createRequire(import.meta.url);

/** The wasm files of the languages' grammars, each with the package that has it. */
const ofLanguages = new Map(
  languages.flatMap(({ grammar }) => (grammar ? [[grammar.file, { name: grammar.package, file: grammar.file }]] : [])),
);

/** Each wasm file that is laid, with the package that has it. */
export const grammarFiles = [{ name: 'web-tree-sitter', file: 'web-tree-sitter.wasm' }, ...ofLanguages.values()];

/**
 * Copies them into a folder.
 * @param {string} folder
 */
export function layTreeSitterGrammars(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, file } of grammarFiles) copyFileSync(require.resolve(`${name}/${file}`), join(folder, file));
}
