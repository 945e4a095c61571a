// The syntax trees' wasm files: the library's own, and a grammar for each language. They come from packages, and lie beside
// the bundles.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
/** Each wasm file that is laid, with the package that has it. */
export const grammarFiles = [
  { name: 'web-tree-sitter', file: 'web-tree-sitter.wasm' },
  { name: 'tree-sitter-bash', file: 'tree-sitter-bash.wasm' },
  { name: 'tree-sitter-c', file: 'tree-sitter-c.wasm' },
  { name: 'tree-sitter-c-sharp', file: 'tree-sitter-c_sharp.wasm' },
  { name: 'tree-sitter-cpp', file: 'tree-sitter-cpp.wasm' },
  { name: 'tree-sitter-css', file: 'tree-sitter-css.wasm' },
  { name: 'tree-sitter-go', file: 'tree-sitter-go.wasm' },
  { name: 'tree-sitter-html', file: 'tree-sitter-html.wasm' },
  { name: 'tree-sitter-java', file: 'tree-sitter-java.wasm' },
  { name: 'tree-sitter-javascript', file: 'tree-sitter-javascript.wasm' },
  { name: 'tree-sitter-json', file: 'tree-sitter-json.wasm' },
  { name: '@tree-sitter-grammars/tree-sitter-kotlin', file: 'tree-sitter-kotlin.wasm' },
  { name: 'tree-sitter-php', file: 'tree-sitter-php.wasm' },
  { name: 'tree-sitter-python', file: 'tree-sitter-python.wasm' },
  { name: 'tree-sitter-ruby', file: 'tree-sitter-ruby.wasm' },
  { name: 'tree-sitter-rust', file: 'tree-sitter-rust.wasm' },
  { name: '@tree-sitter-grammars/tree-sitter-toml', file: 'tree-sitter-toml.wasm' },
  { name: 'tree-sitter-typescript', file: 'tree-sitter-tsx.wasm' },
  { name: 'tree-sitter-typescript', file: 'tree-sitter-typescript.wasm' },
  { name: '@tree-sitter-grammars/tree-sitter-yaml', file: 'tree-sitter-yaml.wasm' },
];

/**
 * Copies them into a folder.
 * @param {string} folder
 */
export function layTreeSitterGrammars(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, file } of grammarFiles) copyFileSync(require.resolve(`${name}/${file}`), join(folder, file));
}
