// On real repositories in a temporary folder, made by git itself.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readIndexStages, readUnmergedTexts, repositoryOf, unmergedFiles } from './index.js';
import { askGit } from './runGit.js';

const { signal } = new AbortController();
let folder: string;

const git = (...parameters: string[]): void => {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...parameters], { cwd: folder, stdio: 'ignore' });
};

/** What a branch has in its files. */
const commit = async (files: Readonly<Record<string, string | Buffer>>): Promise<void> => {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  git('add', '--all');
  git('commit', '-m', 'change');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-git-'));
  git('init', '--initial-branch=main');
  await mkdir(join(folder, 'inner'));
  await commit({
    'a.ts': 'one\n',
    'inner/ö *.ts': 'uno\r\n',
    'image.png': Buffer.from([0, 1]),
    'inner/quiet.ts': 'x\n',
  });
  git('checkout', '-b', 'theirs');
  await commit({
    'a.ts': 'three\n',
    'inner/ö *.ts': 'tre\r\n',
    'image.png': Buffer.from([0, 3]),
    'added.ts': 'theirs\n',
  });
  git('checkout', 'main');
  await commit({
    'a.ts': 'two\n',
    'inner/ö *.ts': 'due\r\n',
    'image.png': Buffer.from([0, 2]),
    'added.ts': 'ours\n',
  });
  expect(() => git('merge', 'theirs')).toThrow();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('lists the files that are in conflict, below the folder it is asked about', async () => {
  const all = ['a.ts', 'added.ts', 'image.png', 'inner/ö *.ts'].map((name) => join(folder, name));
  expect([...(await unmergedFiles(folder, signal))].sort()).toEqual(all.sort());
  expect(await unmergedFiles(join(folder, 'inner'), signal)).toEqual([join(folder, 'inner/ö *.ts')]);
});

it('reads the three versions of a file', async () => {
  expect(await readIndexStages(join(folder, 'a.ts'), signal)).toEqual({
    base: 'one\n',
    ours: 'two\n',
    theirs: 'three\n',
  });
});

it('takes a name for what it is, and keeps the line ends', async () => {
  expect(await readIndexStages(join(folder, 'inner/ö *.ts'), signal)).toEqual({
    base: 'uno\r\n',
    ours: 'due\r\n',
    theirs: 'tre\r\n',
  });
});

it('has no base where both sides added the file', async () => {
  expect(await readIndexStages(join(folder, 'added.ts'), signal)).toEqual({
    base: undefined,
    ours: 'ours\n',
    theirs: 'theirs\n',
  });
});

it('takes no text from a binary file', async () => {
  const nothing = { base: undefined, ours: undefined, theirs: undefined };
  expect(await readIndexStages(join(folder, 'image.png'), signal)).toEqual(nothing);
});

it('has nothing to say of a file without a conflict, nor outside a repository', async () => {
  expect(await readIndexStages(join(folder, 'inner/quiet.ts'), signal)).toBeUndefined();
  expect(await readIndexStages(join(folder, 'missing/x.ts'), signal)).toBeUndefined();
  const outside = await mkdtemp(join(tmpdir(), 'lacuna-none-'));
  expect(await unmergedFiles(outside, signal)).toEqual([]);
  await rm(outside, { recursive: true });
});

it('reads all files of the merge as they stand, with the version that both sides came from', async () => {
  const repository = (await repositoryOf(join(folder, 'inner'), signal))!;
  const texts = new Map(
    (await readUnmergedTexts(repository, signal)).map((each) => [relative(repository, each.path), each]),
  );
  expect([...texts.keys()].sort()).toEqual(['a.ts', 'added.ts', 'inner/ö *.ts']);
  expect(texts.get('a.ts')).toMatchObject({ base: 'one\n', text: expect.stringContaining('<<<<<<<') as string });
  expect(texts.get('added.ts')!.base).toBeUndefined();
  expect(await repositoryOf(tmpdir(), signal)).toBeUndefined();
});

it('stops when it is told to', async () => {
  const controller = new AbortController();
  const reading = readIndexStages(join(folder, 'a.ts'), controller.signal);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

it('what a partial clone lacks is not fetched', async () => {
  const clones = await mkdtemp(join(tmpdir(), 'lacuna-clones-'));
  const clone = join(clones, 'clone');
  git('config', 'uploadpack.allowFilter', 'true');
  git('clone', '-q', '--filter=blob:none', '--no-checkout', pathToFileURL(folder).href, clone);
  const objects = () => execFileSync('git', ['count-objects', '-v'], { cwd: clone, encoding: 'utf8' });
  const before = objects();
  expect(await askGit(clone, ['cat-file', '-p', 'HEAD:a.ts'], signal)).toMatchObject({ kind: 'failed' });
  expect(objects()).toBe(before);
  await rm(clones, { recursive: true });
});
