// What is shipped is named in NOTICE, and its licence lets us ship it.

import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const entries = [
  'client/src/extension.ts',
  'server/src/main.ts',
  'server/src/launch.ts',
  'server/src/driver.ts',
  'server/src/cli.ts',
  'server/src/model/thread/worker.ts',
  'server/src/workspace/worker.ts',
  'server/src/model/smallGraphs/smallGraphWorker.ts',
  'server/src/workspace/worker.ts',
].filter((file) => existsSync(file));

/** Packages that are not bundled but laid beside the bundles: the runtime, and grammars as wasm. */
const besideBundles = (): string[] => {
  const { dependencies, devDependencies } = readJson('package.json') as Record<string, Record<string, string>>;
  const grammars = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
    name.startsWith('tree-sitter-'),
  );
  return ['onnxruntime-node', 'onnxruntime-common', ...grammars];
};

/** Licences that ask for no more than to be named. */
const permissive = /^\(?(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Unlicense)\b/;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

async function shippedPackages(): Promise<string[]> {
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
  return [...new Set([...bundled, ...besideBundles()])].sort();
}

it('names every package that is shipped, each under a licence that lets us', async () => {
  const shipped = await shippedPackages();
  const notice = new Set(readFileSync('NOTICE', 'utf8').match(/^\S+(?= {2,}| +Copyright)/gm));
  expect(shipped.filter((name) => !notice.has(name))).toEqual([]);
  const licences = shipped.map((name) => {
    const { license } = readJson(`node_modules/${name}/package.json`) as { license?: string };
    return `${name}: ${license}`;
  });
  expect(licences.filter((line) => !permissive.test(line.split(': ')[1]!))).toEqual([]);
});

it('has a lock file that pins every package by its content', () => {
  for (const file of ['package-lock.json', 'server/packager/package-lock.json']) {
    const { packages } = readJson(file) as { packages: Record<string, { integrity?: string; resolved?: string }> };
    const loose = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(loose.map(([path]) => path)).toEqual([]);
    // Without an address a package comes from the registry that is set up; with one it could come from anywhere.
    expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
  }
});
