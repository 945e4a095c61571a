// `lacuna merge` and `lacuna merge-driver` as programs that are started by others: exit statuses, JSON, what is written and
// what is not. The ranker is the one that has learned nothing, so that answers are the same after every training.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type Run } from './builtCli.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cli: BuiltCli;
let home: string;
let folder: string;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const write = (name: string, text: string | Buffer): void => writeFileSync(at(name), text);

beforeAll(async () => {
  cli = await buildCli();
  home = mkdtempSync(join(tmpdir(), 'lacuna-merge-command-'));
});
afterAll(() => {
  cli.remove();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, 'case-'));
});

/** Ours holds all that theirs adds, so that nothing is lost with ours, which the ranker without learning puts first. */
const plain = '<<<<<<< HEAD\nsum(1);\nlog();\n||||||| base\n=======\nsum(1);\n>>>>>>> theirs\n';
const open = '<<<<<<< HEAD\nlast("two");\n||||||| base\nlast("one");\n=======\nlast("three");\n>>>>>>> theirs\n';

interface ConflictJson {
  readonly line: number;
  readonly resolutions: readonly {
    readonly text: string;
    readonly pattern: string;
    readonly confidence: number;
    readonly parses?: boolean;
    readonly explanation: string;
  }[];
  readonly applied: boolean;
}
interface FileJson {
  readonly conflicts: readonly ConflictJson[];
  readonly broken: readonly { readonly line: number; readonly reason: string }[];
  readonly left: number;
  readonly text: string;
}

const merge = (...args: string[]): Promise<Run> => cli.run('merge', '--model', home, ...args);
const json = ({ stdout }: Run): FileJson => JSON.parse(stdout) as FileJson;

describe('merge', () => {
  it.skipIf(process.platform === 'win32')('says of each file whether it was done where it is interrupted', async () => {
    write('a.ts', plain);
    const many = Array.from({ length: 1_500 }, (_, index) => `// ${index}\n${open}`).join('');
    for (const name of ['b.ts', 'c.ts']) write(name, many);
    const args = ['merge', '--model', home, '--min-confidence', '.3', '--write', 'a.ts', 'b.ts', 'c.ts'];
    const child = spawn(process.execPath, [cli.file, ...args], { cwd: folder });
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      if (!said.includes('a.ts:1:') && `${said}${data.toString()}`.includes('a.ts:1:')) child.kill('SIGINT');
      said += data.toString();
    });
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect(status).toBe(2);
    expect(said).toContain('Interrupted: b.ts is as it was.\nInterrupted: c.ts is as it was.\n');
    expect(read('a.ts')).toBe('sum(1);\nlog();\n');
    expect(read('b.ts')).toBe(many);
  });

  it.skipIf(process.platform === 'win32')('writes all files where nobody reads what is said', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.ts`);
    for (const name of names) write(name, plain);
    const args = ['merge', '--model', home, '--min-confidence', '.3', '--write', ...names];
    const child = spawn(process.execPath, [cli.file, ...args], { cwd: folder });
    child.stderr.destroy();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(names.filter((name) => read(name).includes('<<<<<<<'))).toEqual([]);
  });

  it('shows the answers, changes nothing, and has status 0 where nothing would be left', async () => {
    write('a.ts', `// A.\n${plain}`);
    const { status, stdout } = await merge('--min-confidence', '.3', at('a.ts'));
    expect(status).toBe(0);
    expect(stdout).toContain('1 conflict, 1 certain, 0 left.');
    expect(stdout).toContain('Nothing was written; --write does it.');
    expect(read('a.ts')).toBe(`// A.\n${plain}`);
  });

  it('shows the beginning of a line that is a whole program, and writes and tells programs all of it', async () => {
    const line = `a = "${'🙂'.repeat(150_000)}";`;
    write('a.ts', `<<<<<<< HEAD\n${line}\n=======\nb = 2;\n>>>>>>> other\n`);
    const { stdout } = await merge(at('a.ts'));
    expect(stdout.length).toBeLessThan(5_000);
    expect(stdout).toMatch(/\| a = "🙂+ … and 299507 more characters\n/u);
    expect((await merge('--json', at('a.ts'))).stdout).toContain(JSON.stringify(`${line}\n`));
  });

  it('writes what is certain and has status 1 where something is left', async () => {
    write('a.ts', plain + open);
    const run = await merge('--write', '--json', '--min-confidence', '.3', at('a.ts'));
    expect(run.status).toBe(1);
    const { conflicts, left, text } = json(run);
    expect(conflicts.map(({ line, applied }) => ({ line, applied }))).toEqual([
      { line: 1, applied: true },
      { line: 8, applied: false },
    ]);
    expect(left).toBe(1);
    expect(text).toBe(`sum(1);\nlog();\n${open}`);
    expect(read('a.ts')).toBe(text);
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('gives programs every answer with its pattern, confidence and explanation, the likeliest first', async () => {
    write('a.ts', open);
    const [conflict] = json(await merge('--json', at('a.ts'))).conflicts;
    const { resolutions } = conflict!;
    expect(resolutions.length).toBeGreaterThan(2);
    const confidences = resolutions.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((left, right) => right - left));
    expect(confidences.every((confidence) => confidence > 0 && confidence < 1)).toBe(true);
    expect(resolutions.find(({ pattern }) => pattern === 'theirs')?.text).toBe('last("three");\n');
    expect(resolutions.every(({ explanation }) => /\.$/.test(explanation))).toBe(true);
  });

  it('has one object for several files', async () => {
    write('a.ts', open);
    write('b.ts', 'no conflict\n');
    const run = await merge('--json', at('a.ts'), at('b.ts'));
    const { files } = JSON.parse(run.stdout) as { files: readonly (FileJson & { readonly file: string })[] };
    expect(files.map(({ file, left }) => [file, left])).toEqual([
      [at('a.ts'), 1],
      [at('b.ts'), 0],
    ]);
    expect(run.status).toBe(1);
  });

  it('has status 0 where there are no conflicts, and leaves the bytes as they are', async () => {
    const bytes = Buffer.from('\ufeffa\r\nb\nc', 'utf8');
    write('a.ts', bytes);
    expect(await merge('--write', at('a.ts'))).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(at('a.ts')).equals(bytes)).toBe(true);
  });

  it('leaves broken markers with a reason and status 1', async () => {
    write('a.ts', `x\n<<<<<<< HEAD\nours\n>>>>>>> theirs\n${plain}`);
    const run = await merge('--write', '--json', '--min-confidence', '.3', at('a.ts'));
    expect(run.status).toBe(1);
    expect(json(run).broken[0]).toMatchObject({ line: 2, reason: expect.stringMatching(/left alone\.$/) as string });
    expect(read('a.ts')).toBe('x\n<<<<<<< HEAD\nours\n>>>>>>> theirs\nsum(1);\nlog();\n');
  });

  it('merges three versions without a repository', async () => {
    write('base.ts', 'one();\n\n\ntwo();\n');
    write('ours.ts', 'one(1);\n\n\ntwo();\n');
    write('theirs.ts', 'one();\n\n\ntwo(2);\n');
    const versions = ['--base', at('base.ts'), '--ours', at('ours.ts'), '--theirs', at('theirs.ts')];
    const run = await merge('--write', ...versions, at('out.ts'));
    expect(run.status).toBe(0);
    expect(read('out.ts')).toBe('one(1);\n\n\ntwo(2);\n');
  });

  it.each<[string, () => string[], RegExp]>([
    ['a missing file', () => [at('no.ts')], /no\.ts.+no such file/],
    ['a binary file', () => [at('picture.ts')], /not a text file/],
    ['a confidence that is none', () => ['--min-confidence', '2', at('a.ts')], /from 0 to 1/],
    ['a base alone', () => ['--base', at('a.ts')], /go together\.$/],
    [
      'nothing to write to',
      () => ['--write', ...['base', 'ours', 'theirs'].flatMap((of) => [`--${of}`, at('a.ts')])],
      /needs the file/,
    ],
  ])('has status 2 and one sentence for %s, and writes nothing', async (_name, args, sentence) => {
    write('a.ts', plain);
    write('picture.ts', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    const { status, stdout, stderr } = await merge(...args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(read('a.ts')).toBe(plain);
  });
});

describe('merge-driver', () => {
  const base = '// None.\n\n// One.\n\n// Two.\n\n// Three.\n\nlast("one");\n';
  const ours = base.replace('// None.', 'sum(1);\nlog();').replace('one"', 'two"');
  const theirs = base.replace('// None.', 'sum(1);').replace('one"', 'three"');
  const drive = (...options: string[]): Promise<Run> => {
    const files = [at('base'), at('ours'), at('theirs')];
    return cli.run('merge-driver', '--model', home, '--min-confidence', '.3', ...options, '--', ...files, '7', 'a.ts');
  };
  const conflicts = (): number => read('ours').match(/^<{7} /gm)?.length ?? 0;
  beforeEach(() => {
    write('base', base);
    write('ours', ours);
    write('theirs', theirs);
  });

  it('has status 1 and says how many it resolved, where something is left', async () => {
    const { status, stderr } = await drive();
    expect(status).toBe(1);
    expect(stderr).toContain('Lacuna resolved 1 of 2 conflicts in a.ts.');
    expect(conflicts()).toBe(1);
  });

  it('has status 0 where git alone merges, and where all is certain', async () => {
    write('theirs', `${base}more();\n`);
    write('ours', `first();\n${base}`);
    expect((await drive()).status).toBe(0);
    expect(read('ours')).toBe(`first();\n${base}more();\n`);
    write('ours', base.replace('// None.', 'sum(1);\nlog();'));
    write('theirs', base.replace('// None.', 'sum(1);'));
    expect((await drive()).status).toBe(0);
    expect(conflicts()).toBe(0);
  });

  it('gives what git gives when its time is over, and says so', async () => {
    const { status, stderr } = await drive('--time-limit', '0');
    expect(status).toBe(1);
    expect(stderr).toContain('Lacuna could not help with a.ts: there was no time for it.');
    expect(conflicts()).toBe(2);
  });

  it('gives what git gives of a file that is too large, or not UTF-8', async () => {
    for (const strange of [Buffer.from([0xff, 0xfe, 0x41, 0x0a]), Buffer.alloc(5_100_000, 'x\n')]) {
      for (const [name, text] of Object.entries({ base, ours, theirs }))
        write(name, Buffer.concat([Buffer.from(text), strange]));
      const { status, stderr } = await drive();
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      expect(conflicts()).toBe(2);
    }
  });

  it('keeps ours of a binary file, with status 1', async () => {
    write('ours', Buffer.from('\0\x01ours'));
    expect(await drive()).toMatchObject({ status: 1, stderr: 'a.ts is a binary file, which is not merged.\n' });
    expect(read('ours')).toBe('\0\x01ours');
  });

  it('has status 2 and changes nothing where a version is missing', async () => {
    rmSync(at('theirs'));
    const { status, stderr } = await drive();
    expect(status).toBe(2);
    expect(stderr).toMatch(/theirs cannot be read: .+\.$/m);
    expect(read('ours')).toBe(ours);
  });
});
