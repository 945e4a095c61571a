// Prompts read with the prefill form of the tiny model give what they should, whatever was cached before; a form that is
// damaged changes nothing.

import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePrefill, type Trial } from '../src/convert/prefill/makePrefill.js';
import { loadEngine, type Engine } from '../src/model/generation/engine.js';
import type { GenerateRequest, Generation } from '../src/model/index.js';
import { PREFILL_FILE } from '../src/model/runtime/prefill.js';
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
