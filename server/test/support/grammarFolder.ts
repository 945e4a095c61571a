// Tests run before anything is bundled, so the grammars are gathered from the packages as esbuild.mjs does.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const files = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
  'tree-sitter-go/tree-sitter-go.wasm',
  'tree-sitter-java/tree-sitter-java.wasm',
  'tree-sitter-javascript/tree-sitter-javascript.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
  'tree-sitter-typescript/tree-sitter-tsx.wasm',
  'tree-sitter-typescript/tree-sitter-typescript.wasm',
];

/** A temporary folder with the runtime and all grammars; `remove` deletes it. */
export function gatherGrammars(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-grammars-'));
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(packageFile(file), join(folder, basename(file)));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A file of a package, found by walking up: not every package exports its wasm or its package.json. */
function packageFile(file: string): string {
  const [name = ''] = file.split('/');
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, file);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${file} is not installed under ${dirname(import.meta.filename)}.`);
}
