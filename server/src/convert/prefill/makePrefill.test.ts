// The prefill form of the tiny model: what is in its folder, and when there is none.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PREFILL_FILE, readPrefill } from '../../model/index.js';
import { makePrefill, type Trial } from './makePrefill.js';

const modelFolder = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));
const silent = (): void => undefined;
const never = new AbortController().signal;
/** What is tried on this machine is not what these tests are about. */
const fast: Trial = { isExact: () => Promise.resolve(true), timeRatio: () => Promise.resolve(0.5) };

let forms: string;
beforeEach(async () => {
  forms = await mkdtemp(join(tmpdir(), 'lacuna-prefill-'));
});
afterEach(() => rm(forms, { recursive: true }));

describe('making a form', () => {
  it('leaves one folder with all segments, and says how much is done', async () => {
    const told: number[] = [];
    const made = await makePrefill({ modelFolder, forms }, (done, total) => told.push(done / total), never, fast);
    expect(await readdir(forms)).toEqual([made.folder.slice(forms.length + 1)]);
    const found = (await readPrefill(modelFolder, forms))!;
    expect(found.timeRatio).toBe(0.5);
    expect(found.segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 4],
    ]);
    expect((await readdir(made.folder)).sort()).toEqual([PREFILL_FILE, ...Object.keys(found.files)].sort());
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('tries this machine: products are exact or not, and a pass takes some time', async () => {
    const { timeRatio } = await makePrefill({ modelFolder, forms }, silent, never);
    if (timeRatio !== null) expect(timeRatio).toBeGreaterThan(0);
    expect((await readPrefill(modelFolder, forms))!.timeRatio).toBe(timeRatio);
  });

  it.each<[string, Partial<Trial>, number | null]>([
    ['is as slow', { timeRatio: () => Promise.resolve(0.9) }, 0.9],
    ['is not exact', { isExact: () => Promise.resolve(false) }, null],
  ])('keeps the verdict alone where the form %s', async (_, differently, timeRatio) => {
    const made = await makePrefill({ modelFolder, forms }, silent, never, { ...fast, ...differently });
    expect(made).toMatchObject({ bytes: 0, timeRatio });
    expect(await readdir(made.folder)).toEqual([PREFILL_FILE]);
    expect(await readPrefill(modelFolder, forms)).toMatchObject({ segments: [], timeRatio });
  });

  it('has smaller codes where the processor does not add up the largest ones exactly', async () => {
    const probes: number[] = [];
    const isExact = async (probe: string): Promise<boolean> => {
      // Sixteen rows of codes stand in the graph as they are.
      const bytes = await readFile(probe);
      probes.push(bytes.includes(Buffer.alloc(64, 127)) ? 127 : bytes.includes(Buffer.alloc(64, 63)) ? 63 : 0);
      return probes.length > 1;
    };
    const { folder } = await makePrefill({ modelFolder, forms }, silent, never, { ...fast, isExact });
    expect(probes).toEqual([127, 63]);
    const codes = new Int8Array(await readFile(join(folder, 'segment-00-02-prefill-0.bin')));
    // The first matrix, of 64 columns.
    expect(Math.max(...codes.subarray(0, 64 * 64).map(Math.abs))).toBe(63);
  });

  it('that is stopped is no form, and the next run makes all of it', async () => {
    const stop = new AbortController();
    const stopping = makePrefill({ modelFolder, forms }, () => stop.abort(), stop.signal, fast);
    await expect(stopping).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await readPrefill(modelFolder, forms)).toBeUndefined();
    const { folder } = await makePrefill({ modelFolder, forms }, silent, never, fast);
    expect(await readdir(forms)).toEqual([folder.slice(forms.length + 1)]);
  });

  it('in a place that cannot be written to is refused in one sentence', async () => {
    const file = join(forms, 'file');
    await writeFile(file, '');
    const making = makePrefill({ modelFolder, forms: join(file, 'forms') }, silent, never, fast);
    await expect(making).rejects.toThrow(/cannot be written to\.$/);
  });
});

it('a form of another version, or of another model, is none', async () => {
  const { folder } = await makePrefill({ modelFolder, forms }, silent, never, fast);
  const file = join(folder, PREFILL_FILE);
  const written = JSON.parse(await readFile(file, 'utf8')) as object;
  for (const change of [{ format: 99 }, { model: 'another' }]) {
    await writeFile(file, JSON.stringify({ ...written, ...change }));
    expect(await readPrefill(modelFolder, forms)).toBeUndefined();
  }
});
