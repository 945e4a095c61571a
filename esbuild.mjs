// Bundles client, server, worker and command line into dist/, and lays the syntax trees' wasm files beside them.
// onnxruntime-node is native and stays outside the bundles.
import { build, context } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { layConflictGrammars } from './syntaxes/conflictGrammars.mjs';

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

mkdirSync('dist/grammars', { recursive: true });
for (const grammar of grammars) {
  const [folder] = grammar.split('/');
  copyFileSync(
    join(dirname(require.resolve(`${folder}/package.json`)), basename(grammar)),
    join('dist/grammars', basename(grammar)),
  );
}
copyFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/grammars/web-tree-sitter.wasm');
layConflictGrammars('dist/syntaxes');

const entries = {
  extension: 'client/src/extension.ts',
  server: 'server/src/main.ts',
  worker: 'server/src/model/worker.ts',
  workspace: 'server/src/workspace/worker.ts',
  graphs: 'server/src/model/smallGraphWorker.ts',
  cli: 'server/src/cli.ts',
};
const options = {
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
  external: ['vscode', 'onnxruntime-node'],
  // The bundles are CommonJS, where import.meta is empty; libraries that ask for their own address get the file's.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

if (process.argv.includes('--watch')) {
  await (await context(options)).watch();
} else {
  await build(options);
}
