import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReading, type Reading } from './reading.js';

let root: string;
let reading: Reading;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lacuna-workspace-'));
  mkdirSync(join(root, '.git'));
  reading = openReading({ duty: 1, sleep: () => Promise.resolve(), now: () => performance.now() });
});
afterEach(() => {
  reading.close();
  rmSync(root, { recursive: true });
});

function write(path: string, content: string | Uint8Array): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const readPaths = (): string[] => [...reading.index.files()].map((file) => reading.pathOf(file)!).sort();

describe('reading a workspace', () => {
  it('reads what git does not ignore, with the rules of every folder', async () => {
    write('.gitignore', 'out/\n*.log\n/top.ts\n');
    write('lib/.gitignore', '*.gen.ts\n!kept.log\n');
    for (const path of [
      'a.ts',
      'top.ts',
      'out/b.ts',
      'x.log',
      'lib/top.ts',
      'lib/c.gen.ts',
      'lib/kept.log',
      'd.gen.ts',
    ])
      write(path, 'const value = 1;\n');
    write('node_modules/pack/index.js', 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths()).toEqual(
      ['.gitignore', 'a.ts', 'd.gen.ts', 'lib/.gitignore', 'lib/kept.log', 'lib/top.ts'].sort(),
    );
    expect(reading.state().isComplete).toBe(true);
  });

  it('follows the rules above a folder that lies inside a repository', async () => {
    write('.gitignore', 'secretive/\n');
    write('part/secretive/a.ts', 'const value = 1;\n');
    write('part/b.ts', 'const value = 1;\n');
    await reading.setFolders([join(root, 'part')]);
    expect(readPaths()).toEqual(['b.ts']);
  });

  it('leaves out secret, binary, huge and machine-made files, and says how many', async () => {
    write('.env', 'PASSWORD=hunter2\n');
    write('keys/server.pem', 'key\n');
    write('picture.ts', new Uint8Array([0, 1, 2, 255, 254]));
    write('photo.png', 'not even looked at');
    write('huge.ts', 'const value = 1;\n'.repeat(20_000));
    write('bundle.js', `const value = "${'x'.repeat(6_000)}";\n`);
    write('a.ts', 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths()).toEqual(['a.ts']);
    expect(reading.state().leftOut).toEqual({ secret: 2, binary: 2, tooLarge: 2, tooMany: 0, unreadable: 0 });
  });

  it('does not follow links, which may lead out of the workspace', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'lacuna-outside-'));
    writeFileSync(join(outside, 'private.ts'), 'const value = 1;\n');
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'private.ts'), join(root, 'file.ts'));
    await reading.setFolders([root]);
    await reading.changed(join(root, 'file.ts'));
    expect(readPaths()).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('reads nothing through a link to a folder, whoever names the file', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'lacuna-outside-'));
    writeFileSync(join(outside, 'private.ts'), 'const value = 1;\n');
    symlinkSync(outside, join(root, 'folder'));
    await reading.setFolders([root]);
    const file = join(root, 'folder', 'private.ts');
    await reading.changed(file);
    expect(await reading.admits(file)).toBe(false);
    expect(readPaths()).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('leaves out what a repository or its user excludes beside the folders, unless a folder takes it back', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    execFileSync('git', ['init', '-q', root]);
    execFileSync('git', ['-C', root, 'config', 'core.excludesFile', write('.git/users', 'users.ts\n*.log\n')]);
    write('.git/info/exclude', 'own.ts\n!kept.log\n');
    write('.gitignore', '!back.ts\n');
    for (const path of ['own.ts', 'a/users.ts', 'a/b.log', 'kept.log', 'a.ts']) write(path, 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths()).toEqual(['.gitignore', 'a.ts', 'kept.log']);
    expect(await reading.admits(join(root, 'a/own.ts'))).toBe(false);
  });

  it('knows what a repository excludes in its other working trees and in repositories inside', async () => {
    const git = (...parameters: string[]) => execFileSync('git', ['-C', join(root, 'main'), ...parameters]);
    execFileSync('git', ['init', '-q', join(root, 'main')]);
    git('-c', 'user.name=a', '-c', 'user.email=a', 'commit', '-q', '--allow-empty', '-m', 'a');
    git('worktree', 'add', '-q', join(root, 'tree'));
    write('main/.git/info/exclude', 'own.ts\n');
    for (const path of ['main/own.ts', 'tree/own.ts', 'tree/a.ts', 'own.ts']) write(path, 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths().filter((path) => path.endsWith('.ts'))).toEqual(['own.ts', 'tree/a.ts']);
  });

  it('takes no exception for a file whose name is written in other letters', async () => {
    write('.gitignore', 'private.ts\n!Private.ts\n[!a]x.ts\n');
    for (const path of ['private.ts', 'Ax.ts']) write(path, 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths()).toEqual(['.gitignore']);
  });

  it('walks again where it changes what is ignored', async () => {
    write('.gitignore', 'a.ts\n');
    for (const path of ['a.ts', 'b.ts', 'c/b.ts']) write(path, 'const value = 1;\n');
    await reading.setFolders([root]);
    expect(readPaths()).toEqual(['.gitignore', 'b.ts', 'c/b.ts']);
    await reading.changed(write('.gitignore', 'b.ts\n'));
    expect(readPaths()).toEqual(['.gitignore', 'a.ts']);
  });

  it('forgets a file that is saved after it has come to be ignored', async () => {
    const a = write('a.ts', 'const value = 1;\n');
    await reading.setFolders([root]);
    write('.gitignore', 'a.ts\n');
    await reading.changed(a);
    expect([readPaths(), reading.recent()]).toEqual([[], []]);
  });

  it('keeps up with files that are saved, made, ignored and deleted', async () => {
    const a = write('a.ts', 'const first = 1;\n');
    await reading.setFolders([root]);
    write('a.ts', 'const second = 2;\n');
    await reading.changed(a);
    expect(reading.index.find(new Map([['second', 1]]), 5)).toEqual([a]);
    expect(reading.index.find(new Map([['first', 1]]), 5)).toEqual([]);
    const b = write('b.ts', 'const second = 2;\n');
    await reading.changed(b);
    expect(reading.recent()).toEqual([b, a]);
    write('.gitignore', 'c.ts\n');
    await reading.changed(write('c.ts', 'const third = 3;\n'));
    rmSync(b);
    await reading.changed(b);
    expect(readPaths()).toEqual(['a.ts']);
  });

  it('reads and forgets the files of a folder of which alone it is told', async () => {
    write('.gitignore', 'out/\n');
    for (const path of ['old/a.ts', 'old/deep/b.ts', 'older/c.ts']) write(path, 'const value = 1;\n');
    await reading.setFolders([root]);
    renameSync(join(root, 'old'), join(root, 'new'));
    write('new/.gitignore', 'b.ts\n');
    await Promise.all(['old', 'new'].map((name) => reading.changed(join(root, name))));
    expect(readPaths()).toEqual(['.gitignore', 'new/.gitignore', 'new/a.ts', 'older/c.ts']);
    renameSync(join(root, 'new'), join(root, 'out'));
    await Promise.all(['new', 'out'].map((name) => reading.changed(join(root, name))));
    expect(readPaths()).toEqual(['.gitignore', 'older/c.ts']);
  });

  it('leaves time to others while many files change, and reads each once', async () => {
    let [time, slept] = [0, 0];
    reading = openReading({
      duty: 0.5,
      sleep: (ms) => ((slept += ms), Promise.resolve()),
      now: () => (time += 1),
    });
    await reading.setFolders([root]);
    const before = slept;
    const files = Array.from({ length: 30 }, (_, i) => write(`${i}.ts`, 'const value = 1;\n'));
    await Promise.all([...files, ...files.slice(1)].map((file) => reading.changed(file)));
    expect(reading.state()).toMatchObject({ files: 30, updates: 30 });
    expect(slept).toBeGreaterThan(before);
  });

  it('forgets a folder that is taken away, and ends its walk', async () => {
    for (let i = 0; i < 50; i++) write(`a/${i}.ts`, 'const value = 1;\n');
    const b = write('b/b.ts', 'const value = 1;\n');
    const walking = reading.setFolders([join(root, 'a')]);
    await Promise.all([walking, reading.setFolders([join(root, 'b')])]);
    expect([...reading.index.files()]).toEqual([b]);
    await reading.setFolders([]);
    expect(reading.state().files).toBe(0);
  });

  it('survives folders that are not there', async () => {
    await reading.setFolders([join(root, 'nowhere')]);
    expect(reading.state()).toMatchObject({ files: 0, isComplete: true });
  });
});
