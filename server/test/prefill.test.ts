// The prefill form of the tiny model: what is in its folder, and when there is none. Prompts read with it give what they
// should, whatever was cached before; a form that is damaged changes nothing.

import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePrefill, type Trial } from '../src/convert/prefill/makePrefill.js';
import { loadEngine, type Engine } from '../src/model/generation/engine.js';
import type { GenerateRequest, Generation } from '../src/model/index.js';
import { PREFILL_FILE, readPrefill } from '../src/model/runtime/prefill.js';
import { live } from '../src/model/runtime/session.js';

const modelFolder = fileURLToPath(new URL('fixtures/tiny-model', import.meta.url));
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

describe('an engine with a form', () => {
  let made: string;
  let plain: Engine;
  let engine: Engine;
  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), 'lacuna-prefill-'));
    await makePrefill({ modelFolder, forms: made }, silent, never, fast);
    plain = await loadEngine(modelFolder, 1);
    engine = await loadEngine(modelFolder, 1, made);
    expect(await engine.openPrefill()).toBe(true);
  });
  afterAll(async () => {
    await plain.release();
    await engine.release();
    expect(live.sessions).toBe(0);
    await rm(made, { recursive: true });
  });

  const lines = Array.from({ length: 30 }, (_, i) => `const name${i} = read(${i * 7});\n`).join('');
  let keys = 0;
  const requestOf = (prefix: string, key = `cold ${keys++}`): GenerateRequest => ({
    prompt: { key, path: 'src/a.ts', prefix, suffix: '}\n' },
    ...{ alternatives: 2, maximumLines: 1, maximumTokens: 8, maximumMs: 10_000 },
  });
  const generate = (of: Engine, prefix: string, key?: string) => of.generate(requestOf(prefix, key), () => false);

  /** What is written, bit for bit; what was drafted depends on how long passes took. */
  const written = ({ continuations }: Generation) =>
    continuations.map(({ text, probability, tokens }) => ({
      ...{ text, probability },
      tokens: tokens.map(({ id, logProbability, entropy }) => [id, logProbability, entropy]),
    }));

  it('gives about the probabilities that it gives without', async () => {
    const one = (await generate(plain, lines)).continuations[0]!.tokens[0]!;
    const other = (await generate(engine, lines)).continuations[0]!.tokens[0]!;
    expect(other.logProbability).not.toBe(one.logProbability);
    expect(Math.abs(other.logProbability - one.logProbability)).toBeLessThan(0.2);
  });

  it('gives the same from a warm cache as from a cold one, bit for bit, whatever was typed and taken back', async () => {
    const steps = [
      `${lines}let`,
      `${lines}let x = `,
      `${lines}let x = f(1);\n`,
      `${lines}let x = f(1);\nlet y`,
      `${lines}let x = f(1);`,
      `${lines}let x = f(1);\n\n\n  z`,
      `${lines}${'long '.repeat(70)}`,
      `${lines}${'long '.repeat(140)}`,
      `${lines}${'long '.repeat(69)}`,
      lines,
      `${lines}let x = `,
    ];
    for (const step of steps) {
      const warm = await generate(engine, step, 'typing');
      const cold = await generate(engine, step);
      expect(written(warm)).toEqual(written(cold));
      if (step !== steps[0]) expect(warm.timing.cachedTokens).toBeGreaterThan(0);
    }
  });

  it('reads anew, in its form, what was read before it was open', async () => {
    const late = await loadEngine(modelFolder, 1, made);
    await generate(late, `${lines}let x = `, 'early');
    expect(await late.openPrefill()).toBe(true);
    expect(await late.openPrefill()).toBe(true);
    const after = await generate(late, `${lines}let x = `, 'early');
    expect(written(after)).toEqual(written(await generate(engine, `${lines}let x = `)));
    await late.release();
  });
});

describe('a form that is damaged', () => {
  it.each<[string, (folder: string) => Promise<void>]>([
    ['cut', (folder) => truncate(join(folder, 'segment-00-02-prefill-0.bin'), 100)],
    ['changed', (folder) => appendFile(join(folder, 'segment-02-04.onnx'), 'x')],
    ['without a file', (folder) => rm(join(folder, 'segment-02-04.onnx'))],
    ['no JSON', (folder) => writeFile(join(folder, PREFILL_FILE), '{')],
  ])('(%s) is refused in one sentence, and the model works without', async (_, damage) => {
    const { folder } = await makePrefill({ modelFolder, forms }, silent, never, fast);
    await damage(folder);
    const engine = await loadEngine(modelFolder, 1, forms);
    await expect(engine.openPrefill()).rejects.toThrow(/^The model file .+\.$|is not valid JSON\.$/);
    const request = { ...{ alternatives: 1, maximumLines: 1, maximumTokens: 2, maximumMs: 5000 } };
    const prompt = { key: 'a', path: '', prefix: 'let ', suffix: '' };
    expect((await engine.generate({ ...request, prompt }, () => false)).continuations).toHaveLength(1);
    await engine.release();
  });
});

it('prompts are read without a form where there is only a verdict', async () => {
  await makePrefill({ modelFolder, forms }, silent, never, { ...fast, timeRatio: () => Promise.resolve(0.9) });
  const engine = await loadEngine(modelFolder, 1, forms);
  expect(await engine.openPrefill()).toBe(false);
  await engine.release();
});
