// The syntax trees' wasm files: the library's own, and a grammar for each language. They come from packages, and lie beside
// the bundles.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const grammars = [
  'tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
  'tree-sitter-go/tree-sitter-go.wasm',
  'tree-sitter-java/tree-sitter-java.wasm',
  'tree-sitter-javascript/tree-sitter-javascript.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
  'tree-sitter-typescript/tree-sitter-tsx.wasm',
  'tree-sitter-typescript/tree-sitter-typescript.wasm',
];

/**
 * Copies them into a folder.
 * @param {string} folder
 */
export function layTreeSitterGrammars(folder) {
  mkdirSync(folder, { recursive: true });
  for (const grammar of grammars) {
    const [name] = grammar.split('/');
    copyFileSync(
      join(dirname(require.resolve(`${name}/package.json`)), basename(grammar)),
      join(folder, basename(grammar)),
    );
  }
  copyFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(folder, 'web-tree-sitter.wasm'));
}
