// Bundles client, server, worker and command line into dist/, and lays the syntax trees' wasm files beside them.
// onnxruntime-node is native and stays outside the bundles.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { layConflictGrammars } from './syntaxes/conflictGrammars.mjs';
import { layTreeSitterGrammars } from './syntaxes/treeSitterGrammars.mjs';

layTreeSitterGrammars('dist/grammars');
layConflictGrammars('dist/syntaxes');

const entries = {
  extension: 'client/src/extension.ts',
  server: 'server/src/main.ts',
  worker: 'server/src/model/thread/worker.ts',
  workspace: 'server/src/workspace/worker.ts',
  graphs: 'server/src/model/smallGraphs/smallGraphWorker.ts',
  // The command line: where it begins, the merge driver, and all commands.
  cli: 'server/src/launch.ts',
  driver: 'server/src/driver.ts',
  commands: 'server/src/cli.ts',
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
  const { driver, ...others } = options.entryPoints;
  await build({ ...options, entryPoints: others });
  // Git starts it for one file after the other, so that reading it counts.
  await build({ ...options, entryPoints: { driver }, minify: true, keepNames: true });
}
