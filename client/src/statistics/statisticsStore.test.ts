// The store on a real disk, with the few functions of the editor that it uses.

import { mkdtemp, readdir, readFile, rename, rm, stat, unlink, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface PathUri {
  readonly path: string;
  with(change: { path: string }): PathUri;
}
const uri = (path: string): PathUri => ({ path, with: (change) => uri(change.path) });
let disk: 'fine' | 'full' = 'fine';

vi.mock('vscode', () => ({
  Uri: { joinPath: (base: PathUri, ...parts: string[]) => uri([base.path, ...parts].join('/')) },
  workspace: {
    fs: {
      createDirectory: ({ path }: PathUri) => mkdir(path, { recursive: true }),
      readDirectory: async ({ path }: PathUri) => (await readdir(path)).map((name) => [name, 1]),
      readFile: ({ path }: PathUri) => readFile(path),
      stat: async ({ path }: PathUri) => ({ mtime: (await stat(path)).mtimeMs }),
      delete: ({ path }: PathUri) => unlink(path),
      rename: (from: PathUri, to: PathUri) => rename(from.path, to.path),
      async writeFile({ path }: PathUri, bytes: Uint8Array) {
        // As a full disk does: a part is written, and then no more.
        await writeFile(path, disk === 'full' ? bytes.slice(0, 5) : bytes);
        if (disk === 'full') throw new Error('ENOSPC: no space left on device');
      },
    },
  },
}));

const { StatisticsStore } = await import('./statisticsStore.js');
const day = '2030-01-31';
const shown = { kind: 'shown', probability: 0.5 } as const;
let folder: string;
let warnings: string[];
const open = (name: string): InstanceType<typeof StatisticsStore> =>
  new StatisticsStore(uri(folder) as never, { warn: (message: string) => void warnings.push(message) }, name);

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lacuna-statistics-')), 'new');
  warnings = [];
  disk = 'fine';
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

it('two windows count side by side, and a third one, started again, reads both', async () => {
  const [a, b] = [open('a'), open('b')];
  a.record(day, shown);
  b.record(day, shown);
  await Promise.all([a.write(), b.write()]);
  a.record(day, shown);
  expect((await a.read())[day]!.shown).toBe(3);
  await a.write();
  expect((await open('c').read())[day]!.shown).toBe(3);
  for (const store of [a, b]) store.dispose();
});

it('a full disk loses nothing: the last file stays, the new counts wait, and it is said once', async () => {
  const store = open('a');
  store.record(day, shown);
  await store.write();
  disk = 'full';
  store.record(day, shown);
  await store.write();
  await store.write();
  expect(warnings).toHaveLength(1);
  expect((await open('b').read())[day]!.shown).toBe(1);
  expect((await store.read())[day]!.shown).toBe(2);
  disk = 'fine';
  await store.write();
  expect((await open('b').read())[day]!.shown).toBe(2);
  store.dispose();
});

it('a damaged file is left out', async () => {
  const store = open('a');
  store.record(day, shown);
  await store.write();
  await writeFile(join(folder, 'b.json'), '{"version":1,"days":{"2030-');
  expect((await store.read())[day]!.shown).toBe(1);
  store.dispose();
});

it('reset forgets what every window has written', async () => {
  const store = open('a');
  store.record(day, shown);
  await store.write();
  await store.reset();
  expect(await store.read()).toEqual({});
  expect(await readdir(folder)).toEqual([]);
  store.dispose();
});
