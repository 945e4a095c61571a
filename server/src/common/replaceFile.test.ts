import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceFile, whileHeld } from './replaceFile.js';

const isPosix = process.platform !== 'win32';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function fresh(): Promise<string> {
  const own = mkdtempSync(join(folder, 'case-'));
  await writeFile(join(own, 'file.txt'), 'old');
  return own;
}

describe('a file that is replaced', () => {
  it.each([
    ['text', 'naïve 🙂\r\n'],
    ['bytes', Uint8Array.from([0, 255, 10])],
    ['nothing', ''],
    ['much', 'x'.repeat(5_000_000)],
  ])('holds %s and has nothing beside it', async (_name, content) => {
    const own = await fresh();
    await replaceFile(join(own, 'file.txt'), content);
    expect((await readFile(join(own, 'file.txt'))).equals(Buffer.from(content as string))).toBe(true);
    expect(readdirSync(own)).toEqual(['file.txt']);
  });

  it('stays where a look at it just before says so, and nothing is beside it', async () => {
    const own = await fresh();
    const file = join(own, 'file.txt');
    const check = (): void => {
      expect(readdirSync(own)).toHaveLength(2);
      throw new Error(readFileSync(file, 'utf8'));
    };
    await expect(replaceFile(file, 'new', true, check)).rejects.toThrow('old');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(own)).toEqual(['file.txt']);
  });

  it('may be new', async () => {
    const own = await fresh();
    await replaceFile(join(own, 'new.txt'), 'new');
    expect(readFileSync(join(own, 'new.txt'), 'utf8')).toBe('new');
  });

  it.runIf(isPosix)('keeps its mode, also where nobody may write', async () => {
    for (const mode of [0o755, 0o640, 0o444]) {
      const file = join(await fresh(), 'file.txt');
      await chmod(file, mode);
      await replaceFile(file, 'new');
      expect(statSync(file).mode & 0o777).toBe(mode);
      expect(readFileSync(file, 'utf8')).toBe('new');
    }
  });

  it.runIf(isPosix)('is replaced where a link leads, and the link stays', async () => {
    const own = await fresh();
    await mkdir(join(own, 'elsewhere'));
    await symlink('../file.txt', join(own, 'elsewhere/link.txt'));
    await symlink('elsewhere/link.txt', join(own, 'second.txt'));
    await replaceFile(join(own, 'second.txt'), 'new');
    expect(readFileSync(join(own, 'file.txt'), 'utf8')).toBe('new');
    for (const link of ['second.txt', 'elsewhere/link.txt'])
      expect((await lstat(join(own, link))).isSymbolicLink()).toBe(true);
  });

  it('stays as it is where it cannot be replaced', async () => {
    const own = await fresh();
    await expect(replaceFile(join(own, 'missing/file.txt'), 'new')).rejects.toThrow('ENOENT');
    await mkdir(join(own, 'taken'));
    await expect(replaceFile(join(own, 'taken'), 'new')).rejects.toThrow();
    expect(readdirSync(own).sort()).toEqual(['file.txt', 'taken']);
  });

  it('is each time whole when several replace it', async () => {
    const file = join(await fresh(), 'file.txt');
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000 + i));
    await Promise.all(texts.map((text) => replaceFile(file, text)));
    expect(texts).toContain(readFileSync(file, 'utf8'));
  });
});

describe('in a namespace of its own', () => {
  it('a disk that is nearly full leaves the old file', async ({ skip }) => {
    skip(...obstacle());
    const own = await fresh();
    const said = inNamespace(
      own,
      'mount -t tmpfs -o size=200k none "$PWD" && cd "$PWD" && echo old > file.txt',
      `replaceFile('file.txt', 'x'.repeat(300_000))`,
      'head -c 9 file.txt; ls',
    );
    expect(said).toBe('ENOSPC\nold\nfile.txt\n');
  });

  it('a file whose owner cannot be given is written all the same', async ({ skip }) => {
    skip(...obstacle());
    // Outside of the namespace it belongs to somebody who does not exist inside.
    const own = await fresh();
    await chown(join(own, 'file.txt'), 4_321, 4_321);
    const said = inNamespace(own, 'true', `replaceFile('file.txt', 'new')`, 'cat file.txt; ls');
    expect(said).toBe('done\nnewfile.txt\n');
  });
});

/** Whether this system does not let us be root of a namespace and mount in it; giving files away needs the real root. */
function obstacle(): [boolean, string] {
  const mount = ['-rm', 'mount', '-t', 'tmpfs', 'none', folder];
  const isAllowed = process.getuid?.() === 0 && spawnSync('unshare', mount).status === 0;
  return [!isAllowed, 'only root mounts disks and gives files away'];
}

/** What shell commands before and after a call print, and what the call says: `done`, or the code of its error. */
function inNamespace(cwd: string, before: string, call: string, after: string): string {
  const program = join(folder, 'program.cjs');
  if (!existsSync(program)) {
    const file = resolve(import.meta.dirname, 'replaceFile.ts');
    buildSync({ entryPoints: [file], bundle: true, platform: 'node', outfile: program, logLevel: 'error' });
  }
  const script = `require(${JSON.stringify(program)}).${call}.then(() => console.log('done'), ({ code }) => console.log(code))`;
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', `${before} && "$0" -e "$1"; ${after}`, process.execPath, script],
    { cwd, encoding: 'utf8' },
  );
  return stdout + stderr;
}

describe('a file that another program holds open', () => {
  const failing = (times: number, code: string) => {
    const calls = { count: 0 };
    const action = async (): Promise<void> => {
      if (++calls.count <= times) throw Object.assign(new Error(code), { code });
      return Promise.resolve();
    };
    return { calls, action };
  };

  it.each<[string, string, number, NodeJS.Platform, number | 'fails']>([
    ['is tried again on Windows', 'EPERM', 2, 'win32', 3],
    ['is given up after the last pause', 'EBUSY', 9, 'win32', 'fails'],
    ['is none where the disk is full', 'ENOSPC', 1, 'win32', 'fails'],
    ['is none elsewhere', 'EACCES', 1, 'linux', 'fails'],
  ])('%s', async (_name, code, times, platform, expected) => {
    const { calls, action } = failing(times, code);
    const done = whileHeld(action, platform, [1, 1]);
    if (expected === 'fails') await expect(done).rejects.toThrow(code);
    else await done.then(() => expect(calls.count).toBe(expected));
    if (code === 'EBUSY') expect(calls.count).toBe(3);
    if (code === 'ENOSPC' || code === 'EACCES') expect(calls.count).toBe(1);
  });
});
