// Bundles the command line on its own, as the build does, so that a test can run the real thing without a build before it
// and without touching the bundles that other tests run.

import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BuiltCli {
  /** The bundle, for programs that start it themselves. */
  readonly file: string;
  run(...args: string[]): Promise<Run>;
  /** In a folder of the test's own. */
  runIn(folder: string, ...args: string[]): Promise<Run>;
  runWithInput(input: string, ...args: string[]): Promise<Run>;
  remove(): void;
}

/** The bundle lies inside the repository, where it finds the packages that stay outside bundles. */
export async function buildCli(): Promise<BuiltCli> {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'lacuna-cli-'));
  const file = join(folder, 'cli.cjs');
  await build({
    entryPoints: {
      cli: join(root, 'server/src/cli.ts'),
      worker: join(root, 'server/src/model/thread/worker.ts'),
      convert: join(root, 'server/src/convert/thread/worker.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    external: ['onnxruntime-node'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  mkdirSync(join(folder, 'grammars'));
  copyFileSync(
    join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'),
    join(folder, 'grammars/web-tree-sitter.wasm'),
  );
  return {
    file,
    run: (...args) => start(file, args, ''),
    runIn: (cwd, ...args) => start(file, args, '', cwd),
    runWithInput: (input, ...args) => start(file, args, input),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function start(file: string, args: readonly string[], input: string, cwd?: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: 'pipe', cwd });
    // A server takes the end of its input for its client's death, so the input stays open when there is some.
    if (input === '') child.stdin.end();
    else child.stdin.write(input);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
