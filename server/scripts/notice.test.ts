// What is bundled is named in NOTICE, with its licence.

import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const entries = [
  'client/src/extension.ts',
  'server/src/main.ts',
  'server/src/cli.ts',
  'server/src/model/worker.ts',
].filter((file) => existsSync(file));

it('names every package that is bundled', async () => {
  const { metafile } = await build({
    entryPoints: entries,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
    external: ['vscode', 'onnxruntime-node'],
  });
  const bundled = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  const notice = new Set(readFileSync('NOTICE', 'utf8').match(/^\S+(?= {2,}| +Copyright)/gm));
  expect([...new Set(bundled)].filter((name) => !notice.has(name))).toEqual([]);
});
