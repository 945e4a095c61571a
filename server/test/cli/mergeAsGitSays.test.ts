// `lacuna merge` in real repositories: git's index says which files are in conflict, and which markers are its own. The
// ranker is the one that has learned nothing, which answers alike on every machine.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type Run } from './builtCli.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Files = Readonly<Record<string, string | Buffer | null>>;

let cli: BuiltCli;
let home: string;
let folder: string;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const merge = (...args: string[]): Promise<Run> => cli.run('merge', '--model', home, '--min-confidence', '.3', ...args);

const git = (...parameters: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const put = (files: Files): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    if (content === null) rmSync(at(name));
    else writeFileSync(at(name), content);
  }
};
const commit = (files: Files): void => {
  put(files);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
};
/** Stops in the middle of a merge. */
const diverge = (base: Files, ours: Files, theirs: Files): void => {
  commit(base);
  git('checkout', '--quiet', '-b', 'feature');
  commit(theirs);
  git('checkout', '--quiet', 'main');
  commit(ours);
  expect(() => git('merge', 'feature')).toThrow();
};

beforeAll(async () => {
  cli = await buildCli();
  home = mkdtempSync(join(tmpdir(), 'lacuna-as-git-says-'));
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, 'case-'));
  git('init', '--quiet', '--initial-branch=main');
});

/** Both sides differ in white space alone, so that the answer is as sure as it gets. */
const sum = { base: 'sum(1);\n', ours: 'sum(1, 2, 3);\n', theirs: 'sum(1, 2);\n' };
const example = '<<<<<<< HEAD\nsum(1, 2, 3);\n||||||| base\nsum(1);\n=======\nsum(1, 2);\n>>>>>>> feature\n';
const page = `# How conflicts look\n\n\`\`\`text\n${example}\`\`\`\n\n`;

describe('markers that git did not write', () => {
  it.each([
    ['an example in a document', 'guide.md', page],
    ['a string of a test', 'parse.test.ts', `const text = \`\n${example}\`;\n`],
  ])('are text in a file that is not in conflict: %s', async (_name, name, text) => {
    commit({ [name]: text });
    const { status, stdout } = await merge('--write', at(name));
    expect(status).toBe(0);
    expect(stdout).toContain('git has no conflict in it, so its markers are text');
    expect(read(name)).toBe(text);
  });

  it('are text in a file that git does not follow, and where the other files are in conflict', async () => {
    diverge({ 'a.ts': sum.base }, { 'a.ts': sum.ours }, { 'a.ts': sum.theirs });
    put({ 'notes.md': page });
    expect((await merge('--write', at('a.ts'), at('notes.md'))).status).toBe(0);
    expect(read('notes.md')).toBe(page);
    expect(read('a.ts')).toBe(sum.ours);
  });

  it('are conflicts where the user says so', async () => {
    commit({ 'guide.md': page });
    expect((await merge('--write', '--any', at('guide.md'))).status).toBe(0);
    expect(read('guide.md')).toBe(page.replace(example, sum.ours));
  });

  it('stay beside a conflict, and inside of one', async () => {
    const side = (of: keyof typeof sum): Files => ({ 'guide.md': `${page}One.\n\nTwo.\n\n${sum[of]}` });
    diverge(side('base'), side('ours'), side('theirs'));
    expect((await merge('--write', at('guide.md'))).status).toBe(0);
    expect(read('guide.md')).toBe(side('ours')['guide.md']);
  });

  it('of another size are text, as the attribute says', async () => {
    const nine = example.replace(/([<|=>])\1{6}/g, '$1$1$1$1$1$1$1$1$1');
    const side = (of: keyof typeof sum): Files => ({
      'a.md': `${example}\n\n${sum[of]}`,
      'b.ts': `${nine}\n\n${sum[of]}`,
    });
    put({ '.gitattributes': '*.md conflict-marker-size=11\n' });
    diverge(side('base'), side('ours'), side('theirs'));
    expect(read('a.md')).toContain('<<<<<<<<<<< HEAD');
    expect((await merge('--write', at('a.md'), at('b.ts'))).status).toBe(0);
    for (const name of ['a.md', 'b.ts']) expect(read(name)).toBe(side('ours')[name]);
  });
});

describe('a conflict without markers', () => {
  const changed = { 'kept.txt': 'kept\n', 'a.txt': 'one\n' };
  it.each<[string, Files, Files, Files, RegExp]>([
    ['deleted by theirs', changed, { 'a.txt': 'two\n' }, { 'a.txt': null }, /ours changed it and theirs deleted it/],
    ['deleted by ours', changed, { 'a.txt': null }, { 'a.txt': 'two\n' }, /theirs changed it and ours deleted it/],
    [
      'of binary files',
      { 'a.txt': Buffer.from('\0a') },
      { 'a.txt': Buffer.from('\0b') },
      { 'a.txt': Buffer.from('\0c') },
      /not text in UTF-8/,
    ],
    [
      'in another encoding, where git may have merged most lines',
      { 'a.txt': Buffer.from('# \xe9\none\n', 'latin1') },
      { 'a.txt': Buffer.from('# \xe9\ntwo\n', 'latin1') },
      { 'a.txt': Buffer.from('# \xe9\nthree\n', 'latin1') },
      /not text in UTF-8, so it is left to you: `git add` takes it as it is now/,
    ],
    [
      'where lines are not merged',
      { 'a.txt': 'one\n', '.gitattributes': '*.txt -merge\n' },
      { 'a.txt': 'two\n' },
      { 'a.txt': 'three\n' },
      /told not to merge its lines/,
    ],
    [
      'where a driver could not run',
      { 'a.txt': 'one\n', '.gitattributes': '*.txt merge=gone\n' },
      { 'a.txt': 'two\n' },
      { 'a.txt': 'three\n' },
      /holds ours alone and nothing of theirs/,
    ],
  ])('is told, with status 1: %s', async (_name, base, ours, theirs, sentence) => {
    git('config', 'merge.gone.driver', '/no/such/driver %O %A %B');
    diverge(base, ours, theirs);
    const before = readFileSync(at('a.txt'));
    const { status, stdout } = await merge('--write', at('a.txt'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(sentence) as string });
    expect(readFileSync(at('a.txt')).equals(before)).toBe(true);
    const json = JSON.parse((await merge('--json', at('a.txt'))).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ conflicts: [], left: 1, note: expect.stringMatching(sentence) as string });
  });

  it('is told of a submodule with the commits of both sides, since git takes none of them by a word', async () => {
    const commits = ['1', '2', '3'].map((digit) => digit.repeat(40));
    const point = (at: number): void => {
      git('update-index', '--add', '--cacheinfo', `160000,${commits[at]},sub`);
      git('commit', '--quiet', '--message', 'change');
    };
    mkdirSync(at('sub'));
    point(0);
    git('checkout', '--quiet', '-b', 'feature');
    point(2);
    git('checkout', '--quiet', 'main');
    point(1);
    expect(() => git('merge', 'feature')).toThrow();
    expect(await merge(at('sub'))).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/sub: it is a submodule, at 2{10} in ours and at 3{10} in theirs; /) as string,
    });
  });

  it('is told of a file that is gone with its folder', async () => {
    diverge({ 'in/a.txt': 'one\n', 'b.txt': '' }, { 'in/a.txt': 'two\n' }, { 'in/a.txt': null });
    rmSync(at('in'), { recursive: true });
    const { status, stdout } = await merge(at('in/a.txt'));
    expect(status).toBe(1);
    expect(stdout).toContain('ours changed it and theirs deleted it');
  });

  it('is told of a file that both sides renamed, with the markers that git left in it', async () => {
    const lines = '1\n2\n3\n4\n5\n6\n7\n8\n';
    const renamed = (name: string, text: string): Files => ({ 'a.txt': null, [name]: lines + text });
    diverge({ 'a.txt': `${lines}one\n` }, renamed('b.txt', 'two\n'), renamed('c.txt', 'three\n'));
    const { status, stdout } = await merge(at('b.txt'));
    expect(status).toBe(1);
    expect(stdout).toContain(
      'Git has left markers in its lines, too, which have to go first. `git add` keeps the file',
    );
  });

  it('is told where a formatter has indented the markers', async () => {
    diverge({ 'a.ts': sum.base }, { 'a.ts': sum.ours }, { 'a.ts': sum.theirs });
    const indented = read('a.ts').replace(/^/gm, '  ');
    put({ 'a.ts': indented });
    const { status, stdout } = await merge('--write', at('a.ts'));
    expect(status).toBe(1);
    expect(stdout).toContain('its markers are indented');
    expect(read('a.ts')).toBe(indented);
  });

  it('is over where one side was the answer, until another text stands there', async () => {
    diverge({ 'a.ts': sum.base }, { 'a.ts': sum.ours }, { 'a.ts': sum.theirs });
    const json = async (): Promise<unknown> => JSON.parse((await merge('--json', at('a.ts'))).stdout);
    expect((await merge('--write', at('a.ts'))).status).toBe(0);
    expect(read('a.ts')).toBe(sum.ours);
    expect(await json()).toMatchObject({ left: 0, note: expect.stringMatching(/^Lacuna has resolved it/) as string });
    git('checkout', '--theirs', 'a.ts');
    expect(await json()).toMatchObject({ left: 1, note: expect.stringMatching(/holds theirs alone/) as string });
    git('merge', '--abort');
    put({ 'b.ts': '' });
    commit({ 'a.ts': 'sum(1,2,3);\n' });
    expect(() => git('merge', 'feature')).toThrow();
    put({ 'a.ts': sum.ours });
    expect((await merge(at('a.ts'))).stdout).not.toContain('Lacuna has resolved it');
  });

  it('is over where somebody has resolved it by hand', async () => {
    diverge({ 'a.ts': sum.base }, { 'a.ts': sum.ours }, { 'a.ts': sum.theirs });
    put({ 'a.ts': 'sum(7);\n' });
    expect((await merge(at('a.ts'))).status).toBe(0);
  });
});

describe('several files', () => {
  it('are done though one of them is bad, and the worst status stays', async () => {
    const side = (of: keyof typeof sum): Files => ({ 'a.ts': sum[of], 'z.ts': sum[of] });
    diverge(side('base'), side('ours'), side('theirs'));
    put({ 'latin.ts': Buffer.from('caf\xe9\n', 'latin1'), 'large.ts': Buffer.alloc(5_100_000, 'x\n') });
    const bad = ['latin.ts', 'large.ts', 'missing.ts'];
    const run = await merge('--write', '--json', at('a.ts'), ...bad.map(at), at('z.ts'));
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(
      /latin\.ts is not a text file.*\n.*large\.ts is too large.*\n.*missing\.ts cannot be read/,
    );
    const { files } = JSON.parse(run.stdout) as { files: readonly { file: string; error?: string; left: number }[] };
    expect(files.map(({ left, error }) => [left, error === undefined])).toEqual([
      [0, true],
      ...bad.map(() => [null, false]),
      [0, true],
    ]);
    for (const name of ['a.ts', 'z.ts']) expect(read(name)).toBe(sum.ours);
  });

  it.skipIf(process.platform !== 'linux')(
    'are left alone where their names are not UTF-8, and others too',
    async () => {
      const [latin, unclear] = ['\xe9.ts', '\ufffd.ts'];
      const latinPath = Buffer.from(at(latin), 'latin1');
      const side = (of: keyof typeof sum): Files => ({ 'a.ts': sum[of], [unclear]: sum[of] });
      const commitWith = (of: keyof typeof sum): void => {
        writeFileSync(latinPath, sum[of]);
        commit(side(of));
      };
      commitWith('base');
      git('checkout', '--quiet', '-b', 'feature');
      commitWith('theirs');
      git('checkout', '--quiet', 'main');
      commitWith('ours');
      expect(() => git('merge', 'feature')).toThrow();
      const before = readFileSync(latinPath, 'utf8');
      const script = `"$1" "$2" merge --model "$3" --min-confidence .3 --write "$(printf '\\351').ts"`;
      const named = spawnSync('sh', ['-c', script, 'sh', process.execPath, cli.file, home], { cwd: folder });
      expect({ status: named.status, said: named.stderr.toString() }).toEqual({
        status: 2,
        said: 'The name of \ufffd.ts is not UTF-8, so Lacuna leaves the file alone.\n',
      });
      const all = await cli.runIn(folder, 'merge', '--model', home, '--min-confidence', '.3', '--write');
      expect(all.status).toBe(2);
      expect(all.stdout).toContain('  done: a.ts\n  left to you: \ufffd.ts: The name of');
      for (const file of [latinPath, at(unclear)]) expect(readFileSync(file, 'utf8')).toBe(before);
    },
  );

  it('may have names that begin with a dash, or hold what git would take for a pattern', () => {
    const names = ['-write.ts', 'b\\s.ts', '*.ts', ':(top)a.ts', 'ö ä.ts'];
    const side = (of: keyof typeof sum): Files => Object.fromEntries(names.map((name) => [name, sum[of]]));
    diverge(side('base'), side('ours'), side('theirs'));
    const args = ['merge', '--model', home, '--min-confidence', '.3', '--write', '--', ...names];
    execFileSync(process.execPath, [cli.file, ...args], { cwd: folder });
    for (const name of names) expect(read(name)).toBe(sum.ours);
  });
});

it('finds files in folders where git names its own folder, as for an alias in a further working tree', () => {
  const inside = (of: keyof typeof sum): Files => ({ 'in/a.ts': sum[of] });
  diverge(inside('base'), inside('ours'), inside('theirs'));
  git('merge', '--abort');
  const tree = `${folder}-tree`;
  git('worktree', 'add', '--quiet', tree, 'feature');
  const said = (...parameters: string[]): string =>
    spawnSync('git', ['-C', tree, ...parameters], { encoding: 'utf8' }).stdout;
  said('merge', 'main');
  const command = `!'${process.execPath}' '${cli.file}' merge --model '${home}' --json`;
  expect(JSON.parse(said('-c', `alias.answer=${command}`, 'answer', 'in/a.ts'))).toMatchObject({ left: 1 });
  const [relative] = git('-C', tree, 'rev-parse', '--path-format=relative', '--git-dir').split('\n');
  const run = spawnSync(process.execPath, [cli.file, 'merge', '--model', home, '--json', 'in/a.ts'], {
    cwd: tree,
    env: { ...process.env, GIT_DIR: relative },
    encoding: 'utf8',
  });
  expect(JSON.parse(run.stdout)).toMatchObject({ conflicts: [{ line: 1 }], left: 1 });
});

it('logs what is resolved behind a link with the repository that the file is in', async () => {
  diverge({ 'a.ts': sum.base }, { 'a.ts': sum.ours }, { 'a.ts': sum.theirs });
  const link = `${folder}-link.ts`;
  symlinkSync(at('a.ts'), link);
  expect((await merge('--write', link)).status).toBe(0);
  expect((await cli.runIn(folder, 'merge', '--log')).stdout).toContain('link.ts:1: Takes ours');
  expect((await merge(link)).stdout).toContain('Lacuna has resolved it already');
});

it('tells a folder from the files in it that are in conflict', async () => {
  const inside = (of: keyof typeof sum): Files => ({ 'in/a.ts': sum[of] });
  diverge(inside('base'), inside('ours'), inside('theirs'));
  expect(await merge(at('in'))).toMatchObject({ status: 2, stderr: `${at('in')} is a folder, not a file.\n` });
});

it('changes nothing where git does not want to say anything of the repository', async () => {
  rmSync(at('.git'), { recursive: true });
  put({ '.git': 'gitdir: /no/such/folder\n', 'a.ts': example });
  const { status, stderr } = await merge('--write', at('a.ts'));
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^Git does not say whether .*a\.ts is in conflict \(.+\); --any takes its markers for conflicts\.\n$/,
  );
  expect(read('a.ts')).toBe(example);
  expect((await merge('--write', '--any', at('a.ts'))).status).toBe(0);
});
