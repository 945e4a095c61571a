// On a real repository that git has left in the middle of a merge.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createElsewhere } from './mergeSiblings.js';

const { signal } = new AbortController();
let home: string;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'lacuna-siblings-'));
  folder = join(home, 'repository');
  const git = (...parameters: string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...parameters], { cwd: folder, stdio: 'ignore' });
  };
  const commit = (side: string): void => {
    for (const name of ['a.ts', 'inner/b.ts']) writeFileSync(at(name), `${name}\n${side}\nend\n`);
    git('add', '--all');
    git('commit', '-m', side);
  };
  mkdirSync(at('inner'), { recursive: true });
  git('init', '--initial-branch=main');
  commit('base');
  git('checkout', '-b', 'theirs');
  commit('theirs');
  git('checkout', 'main');
  commit('ours');
  expect(() => git('merge', 'theirs')).toThrow();
  symlinkSync(folder, join(home, 'link'));
});
afterAll(() => rmSync(home, { recursive: true }));

const conflict = { ours: 'ours\n', theirs: 'theirs\n', base: 'base\n' };

it('gives the conflicts of the other files, with their bases, by whatever way the file is named', async () => {
  const readElsewhere = createElsewhere();
  expect(await readElsewhere(at('a.ts'), signal)).toEqual([conflict]);
  expect(await readElsewhere(join(home, 'link/inner/b.ts'), signal)).toEqual([conflict]);
  expect(await readElsewhere(at('not-in-conflict.ts'), signal)).toEqual([conflict, conflict]);
});

it('reads the files once, and again when their time is over', async () => {
  let now = 0;
  const readElsewhere = createElsewhere(100, () => now);
  const [first] = await readElsewhere(at('a.ts'), signal);
  expect((await readElsewhere(at('a.ts'), signal))[0]).toBe(first);
  now = 101;
  const [again] = await readElsewhere(at('a.ts'), signal);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});

it('knows of nothing outside a repository, and stops when it is told to', async () => {
  expect(await createElsewhere()(join(home, 'a.ts'), signal)).toEqual([]);
  await expect(createElsewhere()(at('a.ts'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
