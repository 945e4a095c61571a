// Bundles client, server, worker and command line into dist/, and lays the syntax trees' wasm files beside them.
// onnxruntime-node is native and stays outside the bundles.
import { build, context } from 'esbuild';
import { outside, programs } from './server/scripts/programs.mjs';
import { layConflictGrammars } from './syntaxes/conflictGrammars.mjs';
import { layTreeSitterGrammars } from './syntaxes/treeSitterGrammars.mjs';

layTreeSitterGrammars('dist/grammars');
layConflictGrammars('dist/syntaxes');

const options = {
  entryPoints: programs,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
  external: outside,
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
