// `lacuna merge` without a file: all that git has in conflict, with the ranker that has learned nothing.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { layTenFiles, tenFiles } from '../support/tenFiles.mjs';
import { viewWholeMerge } from '../../src/cli/merge/wholeMerge.js';
import { type BuiltCli, buildCli, type Run } from './builtCli.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Answered {
  readonly files: readonly { readonly file: string; readonly left: number; readonly note?: string }[];
  readonly underWay?: string;
}

let cli: BuiltCli;
let home: string;
let folder: string;

beforeAll(async () => {
  cli = await buildCli();
  home = mkdtempSync(join(tmpdir(), 'lacuna-whole-merge-'));
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, 'case-'));
});

const merge = (where: string, ...args: string[]): Promise<Run> =>
  cli.runIn(where, 'merge', '--model', home, '--min-confidence', '.3', ...args);
const answered = (run: Run): Answered => JSON.parse(run.stdout) as Answered;

describe('a merge that stopped at ten files', () => {
  it('is answered in all of them, with a reason for each that is left', async () => {
    layTenFiles(folder);
    const run = await merge(folder, '--json');
    const { files, underWay } = answered(run);
    expect(run.status).toBe(1);
    expect(files.map(({ file }) => file)).toEqual(Object.keys(tenFiles).sort());
    expect(underWay).toBe("Git is merging: Merge branch 'feature'");
    const note = (name: string): string | undefined => files.find(({ file }) => file === name)!.note;
    expect(note('src/legacy.ts')).toMatch(/^ours changed it and theirs deleted it/);
    expect(note('logo.bin')).toMatch(/^it is not text in UTF-8/);
    expect(files.filter((file) => file.note !== undefined)).toHaveLength(2);
  });

  it('is answered from a folder inside too, with names that lead there', async () => {
    layTenFiles(folder);
    mkdirSync(join(folder, 'src/inner'));
    const { files } = answered(await merge(join(folder, 'src/inner'), '--json'));
    expect(files.map(({ file }) => file)).toContain(join('..', '..', 'config', 'app.yaml'));
    expect(files).toHaveLength(10);
  });

  it('is answered where a file has taken the place of a folder', async () => {
    layTenFiles(folder);
    rmSync(join(folder, 'config'), { recursive: true });
    writeFileSync(join(folder, 'config'), '');
    const { files } = answered(await merge(folder, '--json'));
    expect(files).toHaveLength(10);
    expect(files.find(({ file }) => file === 'config/app.yaml')!.note).toMatch(/there is no file/);
  });

  it('is written where that is asked, and says what is done, what is left and how to go on', async () => {
    layTenFiles(folder);
    const { status, stdout } = await merge(folder, '--write');
    expect(status).toBe(1);
    const done = [...stdout.matchAll(/^ {2}done: (.*)$/gm)].map(([, name]) => name!);
    const left = [...stdout.matchAll(/^ {2}left to you: ([^:]*): (.+)$/gm)].map(([, name]) => name!);
    expect([...done, ...left].sort()).toEqual(Object.keys(tenFiles).sort());
    expect(stdout).toContain(`10 files in conflict, ${done.length} done, ${left.length} left to you:`);
    expect(stdout).toContain('`git merge --continue`');
    expect(left).toEqual(expect.arrayContaining(['src/legacy.ts', 'logo.bin']));
    for (const name of Object.keys(tenFiles).filter((each) => each !== 'logo.bin' && each !== 'src/legacy.ts')) {
      expect(/^<{7} /m.test(readFileSync(join(folder, name), 'utf8')), name).toBe(left.includes(name));
    }
  });

  it('changes nothing without --write', async () => {
    layTenFiles(folder);
    const before = execFileSync('git', ['diff'], { cwd: folder, encoding: 'utf8' });
    await merge(folder);
    expect(execFileSync('git', ['diff'], { cwd: folder, encoding: 'utf8' })).toBe(before);
  });
});

it('names the commit that a rebase is applying', async () => {
  layTenFiles(folder, 'rebase');
  const { stdout } = await merge(folder);
  expect(stdout).toMatch(/^Git is rebasing feature and applies commit 1 of 1: [0-9a-f]{7,} Number the orders\.\n/);
  expect(answered(await merge(folder, '--json')).underWay).toMatch(/Number the orders$/);
});

it.each([
  ['merge', 'done, `git merge --continue` goes on.'],
  ['patches', 'done, `git am --continue` goes on.'],
  ['pick', 'done, `git cherry-pick --continue` goes on.'],
  [undefined, 'done.'],
] as const)('says what goes on: %s', (kind, end) => {
  const result = { name: 'a.ts', error: 'a.ts cannot be read.' };
  expect(viewWholeMerge({ underWay: undefined, kind }, [result], true).endsWith(end)).toBe(true);
});

it('has nothing to do where nothing is in conflict, and says that there is no repository', async () => {
  const alone = await merge(folder, '--json');
  expect(alone).toMatchObject({ status: 2, stdout: '' });
  expect(alone.stderr).toMatch(/^No file was named, .* no repository .*\.\n$/);
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  expect(await merge(folder)).toMatchObject({ status: 0, stdout: 'No file is in conflict.\n', stderr: '' });
  expect(answered(await merge(folder, '--json'))).toEqual({ files: [] });
});
