// Syntax trees for a test file. Tests run before anything is bundled, so the grammars are gathered from the packages as
// esbuild.mjs does.

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createSyntax, type OwnedSyntax } from '../../src/syntax/index.js';

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

/** All grammars, until the tests of the file have run; a tree that none of them deleted is an error. */
export function openSyntax(): OwnedSyntax {
  const grammarFolder = mkdtempSync(join(tmpdir(), 'lacuna-grammars-'));
  for (const file of files) copyFileSync(packageFile(file), join(grammarFolder, basename(file)));
  const syntax = createSyntax({ grammarFolder });
  afterAll(() => {
    syntax.dispose();
    rmSync(grammarFolder, { recursive: true, force: true });
    expect(syntax.liveTrees).toBe(0);
  });
  return syntax;
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
