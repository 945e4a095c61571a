// What stands in the packages of all systems, by the lists that they are laid from. Packing takes a minute each, so that here
// nothing is packed: `npm run package` opens what it packed and looks at it by the same rules.

import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../prepare.mjs';
import { shippedFiles } from '../shipped.mjs';
import { listingProblems } from './listing.mjs';
import { machineOf } from './machine.mjs';
import { leftOut, nativeFiles, offeredNames, targets } from './platforms.mjs';
import { sha256 } from './sbom.mjs';

/** What is written when a package is laid. */
const made = ['README.md', 'sbom.cdx.json'];
const runtime = 'dist/node_modules/onnxruntime-node/bin/napi-v6';

it('is made for five systems', () => {
  expect(targets).toEqual(['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-arm64']);
});

it.each([
  'darwin-x64',
  'alpine-x64',
  'linux-arm',
  'win32-ia32',
  'freebsd-x64',
  'linux',
  '',
  '../linux-x64',
  'toString',
])('refuses %j in one sentence that names what there is', (target) => {
  expect(() => nativeFiles(target)).toThrow(/^There is no package for .* has no library for it; .*darwin-arm64\.$/);
});

describe.each(targets)('for %s', (target) => {
  let files: { from: string; to: string; bytes: number }[];
  beforeAll(async () => {
    files = await shippedFiles(target);
  });
  const withMade = () => [...files.map(({ to }) => to), ...made].map((path) => ({ path }));

  it('nothing is missing, and nothing is there that should not be', () => {
    expect(listingProblems(withMade(), target)).toEqual([]);
  });

  it('the libraries are for that system', () => {
    const native = nativeFiles(target);
    expect(native).toHaveLength(2);
    for (const path of native) expect([path, machineOf(beginning(`node_modules/${path}`))]).toEqual([path, target]);
  });

  it('every library that the runtime brings is shipped, or left out on purpose', () => {
    const shipped = nativeFiles(target).map((path) => path.split('/').at(-1));
    const others = offeredNames(target).filter((name) => !shipped.includes(name));
    expect(others.filter((name) => !leftOut.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  it('is below 310 MB when it is installed', () => {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeGreaterThan(200e6);
    expect(bytes).toBeLessThan(310e6);
  });

  it('no large file lies there twice', async () => {
    const large = files.filter(({ bytes }) => bytes > 1e6);
    const sums = await Promise.all(large.map(({ from }) => sha256(join(root, from))));
    expect(large.filter((_, at) => sums.indexOf(sums[at]!) !== at)).toEqual([]);
  });
});

describe('a list', () => {
  const target = 'win32-x64';
  const whole = async () => [
    ...(await shippedFiles(target)).map(({ to }) => ({ path: to, mode: 0o100644 })),
    ...made.map((path) => ({ path, mode: 0o100644 })),
  ];

  it.each([
    [`${runtime}/win32/x64/DirectML.dll`, 'is native'],
    [`${runtime}/win32/arm64/onnxruntime.dll`, 'is native'],
    [`${runtime}/linux/x64/libonnxruntime.so.1`, 'is native'],
    [`${runtime}/win32/x64/onnxruntime_providers_cuda.dll`, 'is native'],
    ['dist/server.cjs.map', 'is a map of sources'],
    ['server/src/main.ts', 'is a source'],
    ['models/build/convert/graph.py', 'is a source'],
    ['dist/node_modules/onnxruntime-node/script/install.js', 'is a tool'],
    ['server/test/fixtures/tiny-model/model.json', 'is a test'],
    ['dist/thing.test.cjs', 'is a test'],
    ['.vscode-test/settings.json', 'is a tool'],
    ['lacuna-win32-x64-0.1.0.vsix', 'is an archive'],
  ])('with %s is refused', async (path, why) => {
    const problems = listingProblems([...(await whole()), { path, mode: 0o100644 }], target);
    expect(problems.filter((problem) => problem.startsWith(`${path} ${why}`))).toHaveLength(1);
  });

  it.each([
    `${runtime}/win32/x64/onnxruntime.dll`,
    `${runtime}/win32/x64/onnxruntime_binding.node`,
    'NOTICE',
    'sbom.cdx.json',
    'dist/driver.cjs',
    'models/lacuna-0.5b/model.json',
  ])('without %s is refused', async (missing) => {
    const rest = (await whole()).filter(({ path }) => path !== missing);
    expect(listingProblems(rest, target)).toEqual([`${missing} is missing.`]);
  });

  it.each([
    [0o100755, '755'],
    [0o100600, '600'],
    [0o104644, '4644'],
  ])('with the mode %o is refused', async (mode, shown) => {
    const files = (await whole()).map((file) => (file.path === 'NOTICE' ? { ...file, mode } : file));
    expect(listingProblems(files, target)).toEqual([`NOTICE has the mode ${shown} instead of 644.`]);
  });

  it('as Windows writes it, where everybody may write, is taken', async () => {
    expect(
      listingProblems(
        (await whole()).map((file) => ({ ...file, mode: 0o100666 })),
        target,
      ),
    ).toEqual([]);
  });
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('#!/usr/bin/env node\n'.repeat(10))],
  ['a program of DOS', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)])],
])('%s is for no machine', (_, bytes) => {
  expect(machineOf(bytes)).toBeUndefined();
});

function beginning(path: string): Buffer {
  const bytes = Buffer.alloc(4096);
  const file = openSync(join(root, path), 'r');
  readSync(file, bytes);
  closeSync(file);
  return bytes;
}
