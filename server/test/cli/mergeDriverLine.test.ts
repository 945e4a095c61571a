// The line of shell that git runs for a file: with real git, and with a Lacuna that is there, missing, broken or half-hearted.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { driverLine } from '../../src/cli/merge/driverLine.js';
import { logResolutions, readResolutions, type LoggedResolution } from '../../src/cli/merge/mergeLog.js';
import { type BuiltCli, buildCli } from './builtCli.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cli: BuiltCli;
let home: string;
let folder: string;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_EDITOR: 'true',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Test'],
      [`GIT_${who}_EMAIL`, 'test@example.org'],
    ]),
  ),
});
const run = (command: string, ...args: string[]): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env: environment(), encoding: 'utf8' });
  return { status, output: stdout + stderr };
};
const git = (...parameters: string[]): string =>
  execFileSync('git', parameters, { cwd: folder, env: environment(), encoding: 'utf8', stdio: 'pipe' });
const lacuna = (...args: string[]): { readonly status: number | null; readonly output: string } =>
  run(process.execPath, cli.file, ...args);
const commit = (files: Readonly<Record<string, string | Buffer>>): void => {
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
};
/** Two branches that differ in a file. */
const diverge = (base: string | Buffer, ours: string | Buffer, theirs: string | Buffer): void => {
  commit({ 'a.ts': base });
  git('checkout', '--quiet', '-b', 'feature');
  commit({ 'a.ts': theirs });
  git('checkout', '--quiet', 'main');
  commit({ 'a.ts': ours });
};
const unmerged = (): string => git('diff', '--name-only', '--diff-filter=U').trim();

beforeAll(async () => {
  cli = await buildCli();
  home = mkdtempSync(join(tmpdir(), 'lacuna-driver-line-'));
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, 'case-'));
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(at('.git/info/attributes'), '*.ts merge=lacuna\n');
});

const base = 'sum(1);\n\n\n\nlast("one");\n';
const ours = 'sum(1, 2, 3);\n\n\n\nlast("two");\n';
const theirs = 'sum(1, 2);\n\n\n\nlast("three");\n';
const install = (...options: string[]): { readonly status: number | null; readonly output: string } =>
  lacuna('merge-driver', '--install', '--model', home, '--min-confidence', '.3', ...options);

it('is the one of the documentation', () => {
  const documented = readFileSync(
    fileURLToPath(new URL('../../../docs/guide/merge-in-git.md', import.meta.url)),
    'utf8',
  );
  expect(documented).toContain(`'\n${driverLine({ lacuna: 'lacuna', isRecent: false })}\n'`);
});

describe('where Lacuna cannot help, the file is what git gives', () => {
  const scripts: readonly (readonly [name: string, script: string | undefined])[] = [
    ['missing', undefined],
    ['no program that can be run', '#!/no/such/interpreter\n'],
    ['ended by an error, with the status of conflicts left', '#!/bin/sh\nexit 1\n'],
    ['ended with success, without a result', '#!/bin/sh\nexit 0\n'],
    ['of wrong use', '#!/bin/sh\nexit 2\n'],
    ['killed', '#!/bin/sh\nkill -9 $$\n'],
  ];
  it.each(scripts.flatMap(([name, script]) => [false, true].map((isRecent) => ({ name, script, isRecent }))))(
    '$name (with the options of a recent git: $isRecent)',
    ({ script, isRecent }) => {
      const program = join(home, 'lacuna-that-fails');
      rmSync(program, { force: true });
      if (script !== undefined) {
        writeFileSync(program, script);
        chmodSync(program, 0o755);
      }
      git('config', 'merge.lacuna.driver', driverLine({ lacuna: `'${program}'`, isRecent }));
      diverge(base, ours, theirs);
      expect(run('git', 'merge', 'feature').status).toBe(1);
      expect(unmerged()).toBe('a.ts');
      expect(read('a.ts')).toMatch(/<{7} [\s\S]*last\("two"\)[\s\S]*={7}\n[\s\S]*last\("three"\)[\s\S]*>{7} /);
      expect(readdirSync(folder).sort()).toEqual(['.git', 'a.ts']);
    },
  );

  it('and it says why, as where there is no room for temporary files', () => {
    install();
    diverge(base, ours, theirs);
    writeFileSync(at('file'), '');
    const { status, stderr } = spawnSync('git', ['merge', 'feature'], {
      cwd: folder,
      env: { ...environment(), TMPDIR: at('file') },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(`Lacuna could not help with a.ts: ${at('file')} cannot be written to.`);
    expect(read('a.ts')).toMatch(/<{7} [\s\S]*last\("two"\)[\s\S]*={7}\n[\s\S]*last\("three"\)[\s\S]*>{7} /);
  });

  it('and what git merges by itself is merged', () => {
    git('config', 'merge.lacuna.driver', driverLine({ lacuna: '/no/such/lacuna', isRecent: false }));
    diverge(base, base.replace('one', 'two'), base.replace('sum', 'total'));
    expect(run('git', 'merge', '--no-edit', 'feature').status).toBe(0);
    expect(read('a.ts')).toBe(base.replace('one', 'two').replace('sum', 'total'));
  });
});

describe('merge-driver --install', () => {
  it('configures git with the paths of this installation, and says so', () => {
    const { status, output } = install();
    expect(status).toBe(0);
    expect(output).toContain('Written to the configuration of this repository:');
    expect(git('config', 'merge.lacuna.driver')).toContain(`'${process.execPath}' '${cli.file}' merge-driver`);
    expect(git('config', 'mergetool.lacuna.trustExitCode').trim()).toBe('true');
    expect(install().status).toBe(0);
    expect(git('config', '--get-all', 'merge.lacuna.name').trim()).toBe('Lacuna');
  });

  it('needs a repository unless it is for all', () => {
    rmSync(at('.git'), { recursive: true });
    const { status, output } = install();
    expect(status).toBe(2);
    expect(output).toMatch(/^git config failed: .+\.\n$/);
    expect(install('--global').status).toBe(0);
    expect(readFileSync(join(home, '.gitconfig'), 'utf8')).toContain('[merge "lacuna"]');
    rmSync(join(home, '.gitconfig'));
  });

  it('resolves what is certain, marks the rest, and leaves a trace of what it did', () => {
    install();
    diverge(base, ours, theirs);
    const { status, output } = run('git', 'merge', 'feature');
    expect(status).toBe(1);
    expect(output).toContain('Lacuna resolved 1 of 2 conflicts in a.ts.');
    expect(output).toMatch(/ {2}a\.ts:1: Takes ours \([\d.]+ % likely\); ours is HEAD\n/);
    expect(read('a.ts')).toBe(
      'sum(1, 2, 3);\n\n\n\n<<<<<<< HEAD\nlast("two");\n=======\nlast("three");\n>>>>>>> feature\n',
    );
    expect(readdirSync(folder).sort()).toEqual(['.git', 'a.ts']);
    const shown = lacuna('merge', '--log');
    expect(shown.output).toMatch(
      /^a\.ts:1: Takes ours .*; ours is HEAD\n {2}.*, by lacuna merge-driver\n-<<<<<<< HEAD\n/,
    );
    expect(shown.output).toContain('\n+sum(1, 2, 3);\n');
    const { resolutions } = JSON.parse(lacuna('merge', '--log', '--json', 'a.ts').output) as { resolutions: object[] };
    expect(resolutions).toMatchObject([{ path: 'a.ts', line: 1, names: { ours: 'HEAD', theirs: 'feature' } }]);
    expect(lacuna('merge', '--log', 'other.ts').output).toBe('Nothing was resolved.\n');
    expect(lacuna('merge', '--log', '--since', '2999-01-01').output).toBe('Nothing was resolved.\n');
    expect(lacuna('merge', '--log', '--since', 'soon').status).toBe(2);
  });

  it('merges where the log cannot be written, and says why there and where it is read', () => {
    install();
    diverge(base, ours, theirs);
    const log = at('.git/lacuna/resolved.jsonl');
    mkdirSync(log, { recursive: true });
    const { output } = run('git', 'merge', 'feature');
    expect(output).toContain(`What was resolved could not be noted: ${log} is a folder, where a file belongs.`);
    expect(read('a.ts')).toMatch(/^sum\(1, 2, 3\);\n/);
    expect(lacuna('merge', '--log')).toEqual({ status: 2, output: `The log ${log} cannot be read (EISDIR).\n` });
  });

  it('shows signs that would steer a terminal as what they are', () => {
    install();
    diverge(base, ours.replace(';', '; // \x1b[31m'), theirs);
    expect(run('git', 'merge', 'feature').output).not.toContain('\x1b');
    const { output } = lacuna('merge', '--log');
    expect(output).toContain('\n+sum(1, 2, 3); // \\x1b[31m\n');
    expect(output).not.toContain('\x1b');
    expect(lacuna('merge', 'c\x1b.ts').output).toBe('c\\x1b.ts cannot be read: there is no such file.\n');
  });

  it('leaves a trace of merges that somebody makes, not of those that git makes to show them', () => {
    install();
    diverge(base, ours, theirs);
    const traces = (): number =>
      (JSON.parse(lacuna('merge', '--log', '--json').output) as { resolutions: object[] }).resolutions.length;
    run('git', 'merge', 'feature');
    expect(traces()).toBe(1);
    run('git', 'checkout', '--merge', '--', 'a.ts');
    expect(traces()).toBe(2);
    commit({ 'a.ts': ours });
    expect(run('git', 'show', '--remerge-diff').output).toMatch(/ {2}a\.ts:1: Takes ours/);
    expect(run('git', 'merge-tree', '--write-tree', 'HEAD^1', 'feature').output).toMatch(/ {2}a\.ts:1: Takes ours/);
    expect(traces()).toBe(2);
    git('reset', '--quiet', '--hard', 'HEAD^1');
    for (const [command, ...commits] of [['cherry-pick', 'feature'] as const, ['rebase', 'main', 'feature'] as const]) {
      run('git', command, ...commits);
      run('git', command, '--abort');
    }
    expect(traces()).toBe(4);
  });

  it('keeps the last trace, however large it is, and forgets the older half of many', async () => {
    const { signal } = new AbortController();
    const entry = (line: number, text: string): LoggedResolution => ({
      ...{ time: new Date().toISOString(), by: 'merge', path: 'a.ts', line, answer: 'Takes ours', pattern: 'ours' },
      ...{ confidence: 1, names: { ours: 'HEAD', theirs: 'feature' }, conflict: 'x\n', text },
    });
    const kept = async (): Promise<unknown> =>
      (await readResolutions(folder, signal))!.resolutions.map((one) => one.line);
    await logResolutions(folder, [entry(1, 'x'.repeat(4_100_000))], signal);
    expect(await kept()).toEqual([1]);
    await logResolutions(folder, [entry(2, 'y'), entry(3, 'y')], signal);
    expect(await kept()).toEqual([2, 3]);
  });

  it('keeps the trace of a further working tree with that tree', () => {
    install();
    diverge(base.slice(0, 8), ours.slice(0, 13), theirs.slice(0, 10));
    const tree = join(home, 'tree');
    git('worktree', 'add', '--quiet', tree, 'feature');
    // Git skips a commit that changes no more than what is there already, white space apart.
    writeFileSync(join(tree, 'b.txt'), 'more\n');
    git('-C', tree, 'add', 'b.txt');
    git('-C', tree, 'commit', '--quiet', '--amend', '--no-edit');
    const inTree = spawnSync('git', ['rebase', 'main'], { cwd: tree, env: environment(), encoding: 'utf8' });
    expect(inTree.status).toBe(0);
    expect(inTree.stderr).toMatch(/a\.ts:1: Takes ours .*; ours is HEAD/);
    expect(lacuna('merge', '--log').output).toBe('Nothing was resolved.\n');
    expect(readFileSync(at('.git/worktrees/tree/lacuna/resolved.jsonl'), 'utf8')).toContain('"path":"a.ts"');
    git('worktree', 'remove', '--force', tree);
  });

  it.each(['ours', 'theirs'] as const)('leaves a merge to git that was told -X %s', (side) => {
    install();
    diverge(base, ours, theirs);
    const { status, output } = run('git', 'merge', '--no-edit', '-X', side, 'feature');
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(`Git was told -X ${side}`) as string,
    });
    expect(read('a.ts')).toBe({ ours, theirs }[side]);
  });

  it('leaves a rebase to git that was told -X', () => {
    install();
    diverge(base, ours, theirs);
    expect(run('git', 'rebase', '-X', 'theirs', 'feature').status).toBe(0);
    expect(read('a.ts')).toBe(ours);
  });

  it('leaves a binary file in conflict, and ours as it is', () => {
    install();
    diverge(Buffer.from('\0a'), Buffer.from('\0b'), Buffer.from('\0c'));
    expect(run('git', 'merge', 'feature').status).toBe(1);
    expect(unmerged()).toBe('a.ts');
    expect(read('a.ts')).toBe('\0b');
    expect(lacuna('merge', '--write', 'a.ts').status).toBe(1);
  });
});

describe('bytes of what was resolved', () => {
  const cases: readonly (readonly [name: string, base: string, ours: string, theirs: string, expected: string])[] = [
    ['no final line end in any version', 'sum(1);', 'sum(1, 2, 3);', 'sum(1, 2);', 'sum(1, 2, 3);'],
    ['a final line end that ours took away', 'sum(1);\n', 'sum(1, 2, 3);', 'sum(1, 2);\n', 'sum(1, 2, 3);'],
    ['Windows line ends', 'a\r\nsum(1);', 'a\r\nsum(1, 2, 3);', 'a\r\nsum(1, 2);', 'a\r\nsum(1, 2, 3);'],
    ['a mark that all have', '\ufeffsum(1);\n', '\ufeffsum(1, 2, 3);\n', '\ufeffsum(1, 2);\n', '\ufeffsum(1, 2, 3);\n'],
    ['a mark that ours took away', '\ufeffsum(1);\n', 'sum(1, 2, 3);\n', '\ufeffsum(1, 2);\n', 'sum(1, 2, 3);\n'],
    ['a mark that ours added alone', 'sum(1);\n', '\ufeffsum(1);\n', 'total=1+2;\n', '\ufefftotal=1+2;\n'],
  ];
  it.each(cases)(
    'come from the versions, by driver, command and three files: %s',
    (_name, base, ours, theirs, expected) => {
      install();
      diverge(base, ours, theirs);
      expect(run('git', 'merge', '--no-edit', 'feature').status).toBe(0);
      expect(read('a.ts')).toBe(expected);
      writeFileSync(at('base'), base);
      writeFileSync(at('ours'), ours);
      writeFileSync(at('theirs'), theirs);
      const versions = ['--base', 'base', '--ours', 'ours', '--theirs', 'theirs'];
      const merge = ['merge', '--write', '--model', home, '--min-confidence', '.3'];
      expect(lacuna(...merge, ...versions, 'out.ts').status).toBe(0);
      expect(read('out.ts')).toBe(expected);
    },
  );

  it.each(cases.slice(0, 5))('come from the index: %s', (_name, base, ours, theirs, expected) => {
    diverge(base, ours, theirs);
    expect(run('git', 'merge', 'feature').status).toBe(1);
    expect(lacuna('merge', '--write', '--model', home, '--min-confidence', '.3', 'a.ts').status).toBe(0);
    expect(read('a.ts')).toBe(expected);
  });

  it('of what is left are those of git', () => {
    const last = (text: string): string => `\ufefflast("${text}");`;
    diverge(last('one'), last('two'), last('three'));
    run('git', 'merge', 'feature');
    const byGit = read('a.ts');
    git('merge', '--abort');
    install('--min-confidence', '1');
    expect(run('git', 'merge', 'feature').status).toBe(1);
    expect(read('a.ts')).toBe(byGit);
  });
});
