import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Recipe } from '../family/recipe.js';
import { runJob } from './job.js';
import { convert, type Conversion } from './convert.js';
import type { Rounder } from './writeWeights.js';

const file = fileURLToPath(new URL('../../../test/fixtures/gguf/tiny.gguf', import.meta.url));
const tiny = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));

/** The recipe by which models/build made the tiny model. */
const recipe: Recipe = {
  layers: { bits: 4, block: 32, symmetric: true },
  keysAndValues: { bits: 8, block: 32, symmetric: true },
  head: [
    { rows: 64, rounding: { bits: 8, block: 32, symmetric: true } },
    { rows: undefined, rounding: { bits: 4, block: 32, symmetric: true } },
  ],
  embedding: { bits: 8, block: 32, symmetric: true },
};
const here: Rounder = { parallel: 2, round: (job) => Promise.resolve(runJob(job)) };
const silent = (): void => undefined;
const never = new AbortController().signal;

let base: string;
let conversion: Conversion;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'lacuna-convert-'));
  conversion = { file, folder: join(base, 'models'), name: 'tiny', recipe };
});
afterEach(() => rm(base, { recursive: true }));

describe('a GGUF file of the Qwen2 family', () => {
  it('becomes the folder that the Python pipeline makes of it, graphs and weights byte by byte', async () => {
    const { folder } = await convert(conversion, here, silent, never);
    const names = (await readdir(tiny)).filter((name) => /^(segment|head).*\.(bin|onnx)$/.test(name));
    expect(names).toHaveLength(8);
    for (const name of names)
      expect((await readFile(join(folder, name))).equals(await readFile(join(tiny, name))), name).toBe(true);
    const [made, wanted] = [await json(folder, 'tokenizer.json'), await json(tiny, 'tokenizer.json')];
    expect(made).toEqual(wanted);
    const [manifest, original] = [await json(folder, 'model.json'), await json(tiny, 'model.json')];
    for (const one of [manifest, original]) delete (one['files'] as Record<string, unknown>)['tokenizer.json'];
    expect({ ...manifest, licence: original['licence'] }).toEqual(original);
    expect(await readdir(join(base, 'models'))).toEqual(['tiny']);
  });
});

describe('a conversion that is stopped', () => {
  it('goes on behind the files that are finished, and makes the same', async () => {
    const stop = new AbortController();
    const stopping = convert(
      conversion,
      { parallel: 1, round: (job) => Promise.resolve(runJob(job)) },
      (done, total) => {
        if (done > 0.6 * total) stop.abort();
      },
      stop.signal,
    );
    await expect(stopping).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await readdir(join(base, 'models'))).toEqual(['.tiny.unfinished']);
    let jobs = 0;
    const counting: Rounder = { parallel: 1, round: (job) => (jobs++, Promise.resolve(runJob(job))) };
    const { folder } = await convert(conversion, counting, silent, never);
    const resumed = jobs;
    await convert({ ...conversion, name: 'again' }, counting, silent, never);
    expect(resumed).toBeLessThan(jobs - resumed);
    expect(resumed).toBeGreaterThan(0);
    for (const name of ['segment-00-02-0.bin', 'segment-02-04-0.bin', 'head-1.bin'])
      expect((await readFile(join(folder, name))).equals(await readFile(join(tiny, name)))).toBe(true);
  });

  it('makes a finished file again that was changed meanwhile', async () => {
    const stop = new AbortController();
    const tell = (done: number, total: number): void => (done > 0.6 * total ? stop.abort() : undefined);
    await expect(convert(conversion, { ...here, parallel: 1 }, tell, stop.signal)).rejects.toThrow();
    const changed = join(base, 'models', '.tiny.unfinished', 'segment-00-02-0.bin');
    await writeFile(changed, Buffer.alloc((await stat(changed)).size));
    const { folder } = await convert(conversion, here, silent, never);
    const name = 'segment-00-02-0.bin';
    expect((await readFile(join(folder, name))).equals(await readFile(join(tiny, name)))).toBe(true);
  });
});

describe('a conversion that goes on where there is no room any more', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says so, and keeps what is finished for the next run', async () => {
    const stop = new AbortController();
    const tell = (done: number, total: number): void => (done > 0.6 * total ? stop.abort() : undefined);
    await expect(convert(conversion, { ...here, parallel: 1 }, tell, stop.signal)).rejects.toThrow();
    const left = await readdir(join(base, 'models', '.tiny.unfinished'));
    vi.spyOn(process, 'availableMemory').mockReturnValue(1e6);
    await expect(convert(conversion, here, silent, never)).rejects.toThrow(
      'Making a model takes 700 MB of memory, and 1 MB are free; close other programs. ' +
        'What is finished of the model stays for the next run.',
    );
    expect(await readdir(join(base, 'models', '.tiny.unfinished'))).toEqual(left);
    expect(await readdir(join(base, 'models'))).toEqual(['.tiny.unfinished']);
    vi.restoreAllMocks();
    await convert(conversion, here, silent, never);
    expect(await readdir(join(base, 'models'))).toEqual(['tiny']);
  });
});

describe('what is refused', () => {
  const refused = async (change: Partial<Conversion>): Promise<string> => {
    try {
      await convert({ ...conversion, ...change }, here, silent, never);
    } catch (error) {
      return (error as Error).message;
    }
    return 'taken';
  };

  it('is a name that is taken', async () => {
    await convert(conversion, here, silent, never);
    expect(await refused({})).toMatch(/^There is a model named tiny already/);
  });

  it('is a file that is cut, that is none, and that is another', async () => {
    const cut = join(base, 'cut.gguf');
    await writeFile(cut, (await readFile(file)).subarray(0, 500_000));
    expect(await refused({ file: cut })).toBe('cut.gguf is cut off: its weights are not all there.');
    expect(await refused({ file: join(base, 'none') })).toMatch(/there is no such file\.$/);
    await cp(join(tiny, 'model.json'), join(base, 'other'));
    expect(await refused({ file: join(base, 'other') })).toBe('other is not a GGUF file.');
    expect(await refused({ file: base })).toMatch(/is a folder, not a file\.$/);
    expect(await readdir(base)).not.toContain('models');
  });

  it('is a model with weights that are no numbers, and nothing is left of it', async () => {
    const bytes = await readFile(file);
    bytes.writeUInt32LE(0x7fc00000, bytes.length - 64 * 64 * 4);
    const broken = join(base, 'broken.gguf');
    await writeFile(broken, bytes);
    expect(await refused({ file: broken })).toMatch(
      /^broken\.gguf cannot be used: its tensor .* holds what is no number\.$/,
    );
    expect(await readdir(base)).toEqual(['broken.gguf']);
  });

  it('is a model that is being made already', async () => {
    const outcomes = await Promise.allSettled([
      convert(conversion, here, silent, never),
      convert(conversion, here, silent, never),
    ]);
    const rejected = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(rejected.map(({ reason }) => (reason as Error).message)).toEqual(['The model tiny is being made already.']);
    expect(await readdir(join(base, 'models'))).toEqual(['tiny']);
  });
});

async function json(folder: string, name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;
}
