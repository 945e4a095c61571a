// Files that Lacuna writes, where two windows write the same one at once, and where the disk is full: what is read is
// always whole, and what cannot be written is said in a sentence.

import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalibration } from '../../src/setup/holesData.js';
import { inEnglish } from '../../src/common/words.js';
import { keepCalibration } from '../../src/setup/ownCalibration.js';
import type { Calibration } from '../../src/partial/index.js';
import { buildCli, type BuiltCli } from './builtCli.js';

const calibrationOf = (source: string): Calibration => ({ ...shipped, source });
const name = 'holes-calibration.json';

let shipped: Calibration;
let folder: string;
let program: string;
let cli: BuiltCli;
beforeAll(async () => {
  shipped = await readCalibration('models/lacuna-0.5b', undefined);
  folder = await mkdtemp(join(tmpdir(), 'lacuna-state-'));
  program = join(folder, 'program.cjs');
  const contents = `
    import { keepCalibration } from './ownCalibration.js';
    import { inEnglish } from '../common/words.js';
    const [storage, times, calibration] = process.argv.slice(2);
    void (async () => {
      for (let time = 0; time < Number(times); time++) {
        const said = await keepCalibration(storage, JSON.parse(calibration));
        if (said !== undefined) console.log(inEnglish(said));
      }
    })();`;
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../../src/setup') };
  buildSync({ stdin, outfile: program, bundle: true, platform: 'node', logLevel: 'error' });
  cli = await buildCli();
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

describe('two windows at once', { timeout: 60_000 }, () => {
  it('write the same file: it is always one of theirs, whole, and nothing is left beside it', async () => {
    const storage = join(folder, 'two');
    await keepCalibration(storage, calibrationOf('first'));
    const windows = ['a', 'b'].map((window) => {
      const source = window.repeat(20_000);
      const child = spawn(process.execPath, [program, storage, '150', JSON.stringify(calibrationOf(source))]);
      let said = '';
      child.stdout.on('data', (data: Buffer) => (said += data.toString()));
      child.stderr.on('data', (data: Buffer) => (said += data.toString()));
      return new Promise<string>((resolve) => child.once('close', () => resolve(said)));
    });
    const ended = Promise.all(windows);
    let isOver = false;
    void ended.then(() => (isOver = true));
    const seen = new Set<string>();
    while (!isOver) {
      const { source } = await readCalibration('', join(storage, name));
      if (typeof source !== 'string') throw new Error('Another source was written.');
      seen.add(source.length === 20_000 ? source.charAt(0) : source);
    }
    expect(await ended).toEqual(['', '']);
    expect([...seen].filter((one) => !['first', 'a', 'b'].includes(one))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
    expect(await readdir(storage)).toEqual([name]);
  });
});

describe('a folder that cannot be written', () => {
  it('is said in a sentence, and the measurement is not thrown away', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(inEnglish((await keepCalibration(join(folder, 'file'), calibrationOf('new')))!)).toMatch(
      /^This could not be written and holds until the window is closed: .*EEXIST|ENOTDIR/,
    );
  });
});

/** Runs a script of the shell in a folder that is a disk of its own, of 256 kB, where that is allowed. */
function onSmallDisk(script: string, ...args: string[]): { readonly status: number | null; readonly output: string } {
  const mount = 'mount -t tmpfs -o size=256k tmpfs "$0" && cd "$0" && ';
  const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', mount + script, disk(), ...args], {
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}
const disk = (): string => join(folder, 'disk');
const fill = 'dd if=/dev/zero of=filler bs=1k count=1000 2>/dev/null; ';

describe('a full disk', { timeout: 60_000 }, () => {
  beforeAll(() => mkdir(disk()));
  const obstacle = (): string | undefined =>
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', disk()]).status === 0
      ? undefined
      : 'a disk for the test alone cannot be mounted here';

  it('leaves the last calibration whole, and says what could not be written', ({ skip }) => {
    const reason = obstacle();
    if (reason !== undefined) skip(reason);
    const [node, old, next] = [process.execPath, calibrationOf('old'), calibrationOf('new '.repeat(10_000))];
    const script = `"$1" "$2" . 1 "$3"; ${fill} "$1" "$2" . 1 "$4"; ls -A; cat ${name}`;
    const { output } = onSmallDisk(script, node, program, JSON.stringify(old), JSON.stringify(next));
    expect(output).toBe(
      'This could not be written and holds until the window is closed: ENOSPC: no space left on device, write.\n' +
        `filler\n${name}\n${JSON.stringify(old)}\n`,
    );
  });

  it('leaves a file with conflicts as it was, and says so', ({ skip }) => {
    const reason = obstacle();
    if (reason !== undefined) skip(reason);
    const conflict = '<<<<<<< ours\na = 1\n||||||| base\n=======\n>>>>>>> theirs\n'.padEnd(6_000, '# more\n');
    const merge = '"$1" "$2" merge --write --min-confidence 0.01 a.py 2>&1';
    const script = `printf %s "$3" > a.py; ${fill} ${merge}; echo "ended $?"; cat a.py`;
    const { output } = onSmallDisk(script, process.execPath, cli.file, conflict);
    expect(output).toMatch(/a\.py could not be written: ENOSPC: no space left on device, \w+\. It is as it was\./);
    expect(output.endsWith(`ended 2\n${conflict}`)).toBe(true);
  });
});
