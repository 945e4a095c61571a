// Real merges of real git, with the driver and the tool set up by the very commands of docs/guide/merge-in-git.md. The ranker is the one
// that has learned nothing, since it answers alike on every machine and after every training; it is never as sure as the
// trained one, hence the lower threshold.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli } from './builtCli.js';

// A merge starts a process for every file.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = fileURLToPath(new URL('../../..', import.meta.url));
const documented = shellBlocks(readFileSync(join(root, 'docs/guide/merge-in-git.md'), 'utf8'));

let cli: BuiltCli;
let home: string;
let repository: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  cli = await buildCli();
  const grammar = 'tree-sitter-typescript.wasm';
  copyFileSync(
    join(root, 'node_modules/tree-sitter-typescript', grammar),
    join(dirname(cli.file), 'grammars', grammar),
  );
  home = mkdtempSync(join(tmpdir(), 'lacuna-home-'));
  mkdirSync(join(home, 'bin'));
  const start = `exec "${process.execPath}" "${cli.file}" "$@"`;
  const lacuna = `#!/bin/sh\ncommand=$1\nshift\nset -- "$command" --min-confidence .3 --model "${home}" "$@"\n${start}\n`;
  writeFileSync(join(home, 'bin', 'lacuna'), lacuna);
  chmodSync(join(home, 'bin', 'lacuna'), 0o755);
  environment = {
    PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.org',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.org',
    GIT_EDITOR: 'true',
  };
  shell(documented('merge.lacuna.driver'), home);
  shell(documented('mergetool.lacuna.cmd'), home);
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});

/** Ours holds all that theirs adds to `sum`; what becomes of `last` only a person knows. */
const sum = {
  base: 'sum(1);\n',
  ours: 'sum(1, 2, 3);\n',
  theirs: 'sum(1, 2);\n',
};
const last = { base: 'last("one");\n', ours: 'last("two");\n', theirs: 'last("three");\n' };
const middle = '\n// One.\n\n// Two.\n\n// Three.\n\n';
const files = (side: 'base' | 'ours' | 'theirs'): Record<string, string | Buffer> => ({
  'certain.ts': `${sum[side]}${middle}`,
  'open.ts': `${middle}${last[side]}`,
  'mixed.ts': `${sum[side]}${middle}${last[side]}`,
  'windows.ts': `${sum[side]}${middle}${last[side]}`.replaceAll('\n', '\r\n'),
  'binary.ts': Buffer.from(`\0\x01${side}`),
  'other.txt': last[side],
});
const markers = (sign = '<', size = 7): string => sign.repeat(size);
const marked = (text: { ours: string; theirs: string }, size = 7): string =>
  `${markers('<', size)} ours\n${text.ours}${markers('=', size)}\n${text.theirs}${markers('>', size)} theirs\n`;

beforeEach(() => {
  repository = mkdtempSync(join(home, 'repository-'));
  git('init', '--quiet', '--initial-branch=main');
  shell(documented('.git/info/attributes'));
  commit(files('base'), 'base');
  git('branch', 'theirs');
  commit(files('ours'), 'ours');
  git('checkout', '--quiet', 'theirs');
  commit(files('theirs'), 'theirs');
  git('checkout', '--quiet', 'main');
});

/** Files in conflict, with what they hold, are what the driver left. */
function expectDriven(): void {
  expect(unmerged()).toEqual(['binary.ts', 'mixed.ts', 'open.ts', 'other.txt', 'windows.ts']);
  expect(read('certain.ts')).toBe(`${sum.ours}${middle}`);
  expect(withoutNames(read('open.ts'))).toBe(withoutNames(`${middle}${marked(last)}`));
  expect(withoutNames(read('mixed.ts'))).toBe(withoutNames(`${sum.ours}${middle}${marked(last)}`));
  expect(read('windows.ts').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(withoutNames(read('windows.ts').replaceAll('\r\n', '\n'))).toBe(withoutNames(read('mixed.ts')));
  expect(readdirSync(repository).sort()).toEqual(['.git', ...Object.keys(files('base'))].sort());
}

it('resolves what is certain in git merge, and leaves the rest as git marks it', () => {
  const { status, output } = run('git', ['merge', 'theirs']);
  expect(status).toBe(1);
  expect(output).toContain('Lacuna resolved 1 of 2 conflicts in mixed.ts.');
  expectDriven();
  expect(read('binary.ts')).toBe('\0\x01ours');
  // The same merge by git alone has the same lines where nothing is certain.
  const driven = Object.fromEntries(['open.ts', 'other.txt'].map((name) => [name, read(name)]));
  git('merge', '--abort');
  git('config', 'merge.lacuna.driver', '');
  writeFileSync(join(repository, '.git/info/attributes'), '');
  expect(run('git', ['merge', 'theirs']).status).toBe(1);
  for (const [name, text] of Object.entries(driven)) expect(withoutNames(text)).toBe(withoutNames(read(name)));
});

it('resolves what is certain in git rebase, and goes on when the rest is resolved', () => {
  git('checkout', '--quiet', 'theirs');
  expect(run('git', ['rebase', '-']).status).toBe(1);
  // While git rebases, ours is what is rebased onto.
  expect(unmerged()).toContain('mixed.ts');
  expect(unmerged()).not.toContain('certain.ts');
  expect(read('mixed.ts').startsWith(`${sum.ours}${middle}${markers('<')}`)).toBe(true);
  takeOurs();
  expect(run('git', ['rebase', '--continue']).status).toBe(0);
  expect(git('status', '--short')).toBe('');
});

it('resolves what is certain in git cherry-pick', () => {
  expect(run('git', ['cherry-pick', 'theirs']).status).toBe(1);
  expectDriven();
  git('cherry-pick', '--abort');
  expect(read('mixed.ts')).toBe(files('ours')['mixed.ts']);
});

it('lets a merge end where everything is certain', () => {
  git('checkout', '--quiet', '-B', 'few', 'main~1');
  commit({ 'certain.ts': files('ours')['certain.ts']! }, 'few');
  git('checkout', '--quiet', '-B', 'others', 'main~1');
  commit({ 'certain.ts': files('theirs')['certain.ts']! }, 'others');
  git('checkout', '--quiet', 'few');
  expect(run('git', ['merge', '--no-edit', 'others']).status).toBe(0);
  expect(git('show', 'HEAD:certain.ts')).toBe(`${sum.ours}${middle}`);
});

it.each(['merge', 'diff3', 'zdiff3'])('marks in the style %s that the user has chosen', (style) => {
  git('config', 'merge.conflictStyle', style);
  run('git', ['merge', 'theirs']);
  const base = style === 'merge' ? '' : `${markers('|')} base\n${last.base}`;
  const { ours, theirs } = last;
  const conflict = `${markers('<')} ours\n${ours}${base}${markers('=')}\n${theirs}${markers('>')} theirs\n`;
  expect(withoutNames(read('mixed.ts'))).toBe(withoutNames(`${sum.ours}${middle}${conflict}`));
});

it('marks with the size that git asks for', () => {
  writeFileSync(join(repository, '.git/info/attributes'), '*.ts merge=lacuna conflict-marker-size=12\n');
  run('git', ['merge', 'theirs']);
  expect(withoutNames(read('mixed.ts'))).toBe(withoutNames(`${sum.ours}${middle}${marked(last, 12)}`));
});

it('lets rerere record what is left, and replay it', () => {
  git('config', 'rerere.enabled', 'true');
  run('git', ['merge', 'theirs']);
  const resolved = `${sum.ours}${middle}last("by hand");\n`;
  writeFileSync(join(repository, 'mixed.ts'), resolved);
  takeOurs('binary.ts', 'open.ts', 'other.txt', 'windows.ts');
  git('commit', '--quiet', '--no-edit');
  git('reset', '--quiet', '--hard', 'HEAD~1');
  const { status, output } = run('git', ['merge', 'theirs']);
  expect(status).toBe(1);
  expect(output).toContain("Resolved 'mixed.ts' using previous resolution.");
  expect(read('mixed.ts')).toBe(resolved);
});

it('marks what is not certain enough for the user', () => {
  git('config', 'merge.lacuna.driver', 'lacuna merge-driver --min-confidence 1 -- %O %A %B %L %P');
  expect(run('git', ['merge', 'theirs']).status).toBe(1);
  expect(withoutNames(read('certain.ts'))).toBe(withoutNames(`${marked(sum)}${middle}`));
});

it('loses neither side where the driver cannot run at all', () => {
  git('config', 'merge.lacuna.driver', 'lacuna merge-driver --no-such-option -- %O %A %B %L %P');
  expect(run('git', ['merge', 'theirs']).status).toBe(1);
  expect(unmerged()).toContain('mixed.ts');
  expect(git('show', ':2:mixed.ts')).toBe(files('ours')['mixed.ts']);
  expect(git('show', ':3:mixed.ts')).toBe(files('theirs')['mixed.ts']);
});

it('merges without Lacuna when told so once', () => {
  const without = documented("merge.lacuna.driver='git merge-file");
  expect(spawnSync('sh', ['-c', without], { cwd: repository, env: environment }).status).toBe(1);
  expect(read('certain.ts')).toMatch(/^<{7} /);
});

it('is asked as a tool: files that are certain are staged, others are as they were', () => {
  writeFileSync(join(repository, '.git/info/attributes'), '');
  run('git', ['merge', 'theirs']);
  const before = read('mixed.ts');
  for (const name of ['certain.ts', 'mixed.ts']) shell(`${documented('git mergetool')} ${name} || true`);
  expect(read('certain.ts')).toBe(`${sum.ours}${middle}`);
  expect(unmerged()).not.toContain('certain.ts');
  expect(read('mixed.ts')).toBe(before);
  expect(unmerged()).toContain('mixed.ts');
  expect(run('lacuna', ['merge', '--write', 'mixed.ts']).status).toBe(1);
  expect(withoutNames(read('mixed.ts'))).toBe(withoutNames(`${sum.ours}${middle}${marked(last)}`));
});

/** A function that gives the shell block that holds a text. */
function shellBlocks(markdown: string): (text: string) => string {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!.trim());
  return (text) => {
    const block = blocks.find((candidate) => candidate.includes(text));
    if (block === undefined) throw new Error(`docs/guide/merge-in-git.md has no commands with ${text}`);
    return block;
  };
}

function run(command: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, env: environment, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Runs commands that have to succeed. */
function shell(commands: string, folder = repository): void {
  execFileSync('sh', ['-ec', commands], { cwd: folder, env: environment, stdio: 'pipe' });
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, env: environment, encoding: 'utf8', stdio: 'pipe' });
}

function commit(content: Readonly<Record<string, string | Buffer>>, message: string): void {
  for (const [name, text] of Object.entries(content)) writeFileSync(join(repository, name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

function takeOurs(...names: string[]): void {
  const left = names.length > 0 ? names : unmerged();
  git('checkout', '--ours', '--', ...left);
  git('add', '--all');
}

function unmerged(): string[] {
  return git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean).sort();
}

function read(name: string): string {
  return readFileSync(join(repository, name), 'utf8');
}

/** The names behind the markers depend on git's version. */
function withoutNames(text: string): string {
  return text.replace(/^([<|>]{7,}) .*$/gm, '$1');
}
