// On real repositories in a temporary folder, made by git itself.

import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inEnglish } from '../common/words.js';
import { underWay, underWaySentence } from './underWay.js';

const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'core.editor=true'];
const { signal } = new AbortController();
let folder: string;

const git = (...parameters: string[]): string =>
  execFileSync('git', [...identity, ...parameters], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
const commit = async (text: string, subject: string): Promise<string> => {
  await writeFile(join(folder, 'a.txt'), text);
  git('add', '--all');
  git('commit', '--message', subject);
  return git('rev-parse', '--short', 'HEAD').trim();
};
const sentence = async (where = folder): Promise<string | undefined> => {
  const found = await underWay(where, signal);
  return found === undefined ? undefined : inEnglish(underWaySentence(found));
};

let [quiet, loud] = ['', ''];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lacuna-under-way-')));
  git('init', '--initial-branch=main');
  await commit('one\n', 'First');
  git('checkout', '-b', 'topic');
  quiet = await commit('one\ntwo\n', 'Add a line');
  loud = await commit('ONE\ntwo\n', 'Shout:\tit is “loud”');
  git('checkout', 'main');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('names the commit that a rebase is applying, and how far it is', async () => {
  await commit('uno\n', 'Italian');
  git('checkout', 'topic');
  expect(() => git('rebase', 'main')).toThrow();
  expect(await sentence()).toBe(`Git is rebasing topic and applies commit 1 of 2: ${quiet} Add a line`);
  await writeFile(join(folder, 'a.txt'), 'uno\ntwo\n');
  git('add', '--all');
  expect(() => git('rebase', '--continue')).toThrow();
  expect(await sentence()).toBe(`Git is rebasing topic and applies commit 2 of 2: ${loud} Shout:\tit is “loud”`);
  git('rebase', '--abort');
  expect(await sentence()).toBeUndefined();
});

it('names the commit that is melted into another, and none where a command has failed', async () => {
  git('checkout', 'topic');
  await commit('ONE\n2\n', 'Digit');
  await writeFile(join(folder, 'a.txt'), 'one\ntwo!\n');
  git('commit', '--all', '--fixup', quiet);
  const fixup = git('rev-parse', '--short', 'HEAD').trim();
  const rebase = (...options: string[]): string =>
    git('-c', 'sequence.editor=true', 'rebase', '--interactive', ...options, 'main');
  expect(() => rebase('--autosquash')).toThrow();
  expect(await sentence()).toBe(`Git is rebasing topic and applies commit 2 of 4: ${fixup} fixup! Add a line`);
  git('rebase', '--abort');
  expect(() => rebase('--exec', 'false')).toThrow();
  expect(await sentence()).toBe('Git is rebasing topic');
});

it('does so for a rebase by patches', async () => {
  await commit('uno\n', 'Italian');
  git('checkout', 'topic');
  expect(() => git('rebase', '--apply', 'main')).toThrow();
  expect(await sentence()).toBe(`Git is rebasing topic and applies commit 1 of 2: ${quiet} Add a line`);
});

it('knows the rebase of another working tree apart from this one', async () => {
  await commit('uno\n', 'Italian');
  const tree = join(folder, 'tree');
  git('worktree', 'add', tree, 'topic');
  expect(() => execFileSync('git', [...identity, 'rebase', 'main'], { cwd: tree, stdio: 'pipe' })).toThrow();
  expect(await sentence(tree)).toMatch(/^Git is rebasing topic and applies commit 1 of 2/);
  expect(await sentence()).toBeUndefined();
});

it('names what is merged, picked and reverted', async () => {
  const italian = await commit('uno\n', 'Italian');
  expect(() => git('merge', 'topic')).toThrow();
  expect(await sentence()).toBe("Git is merging: Merge branch 'topic'");
  git('merge', '--abort');
  expect(() => git('cherry-pick', 'topic')).toThrow();
  expect(await sentence()).toMatch(new RegExp(`^Git is picking the commit ${loud} Shout`));
  git('cherry-pick', '--abort');
  await commit('due\n', 'More');
  expect(() => git('revert', '--no-edit', 'HEAD~1')).toThrow();
  expect(await sentence()).toBe(`Git is reverting the commit ${italian} Italian`);
});

it('tells patches that are applied from a rebase', async () => {
  await commit('uno\n', 'Italian');
  const patches = git('format-patch', '--output-directory', folder, 'topic~2..topic').trim().split('\n');
  expect(() => git('am', '--3way', ...patches)).toThrow();
  expect(await sentence()).toBe('Git is applying patch 1 of 2: Add a line');
});

it('says nothing outside repositories, and where nothing is under way', async () => {
  expect(await sentence()).toBeUndefined();
  expect(await sentence(tmpdir())).toBeUndefined();
});
