// Exits, drafts and the controller on the tiny random model: they are never right there, and must change nothing that
// they have no leave to change.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEngine, type Engine } from '../generation/engine.js';
import type { Continuation, GenerateRequest } from '../language.js';
import { live } from '../runtime/session.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));
const never = (): boolean => false;

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(folder, 1);
});
afterAll(async () => {
  await engine.release();
  expect(live.sessions).toBe(0);
});

const prefixes = ['let a = b; let c = d; let e = ', 'def f(x):\n    return ', '    const value = [1, 2', 'é🙂 = ', ''];
const request = (prefix: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: { key: 'a', path: 'src/a.ts', prefix, suffix: '}\n' },
  alternatives: 1,
  maximumLines: 3,
  maximumTokens: 30,
  maximumMs: 10_000,
  ...more,
});
const idsOf = ({ tokens }: Continuation): readonly number[] => tokens.map(({ id }) => id);
const run = (prefix: string, more: Partial<GenerateRequest>) => engine.generate(request(prefix, more), never);

describe('the mode exact', () => {
  it.each(prefixes)('gives the tokens of the mode off, one by one, after %j', async (prefix) => {
    const off = await run(prefix, { exits: 'off' });
    const exact = await run(prefix, { exits: 'exact', references: ['let a = b; let c = d;\n', prefix.repeat(9)] });
    expect(off.timing.drafted).toBe(0);
    expect(idsOf(exact.continuations[0]!)).toEqual(idsOf(off.continuations[0]!));
    expect(exact.continuations[0]!.logProbability).toBe(off.continuations[0]!.logProbability);
    expect(exact.continuations[0]!.probability).toBe(off.continuations[0]!.probability);
    expect(exact.timing.passes).toBeLessThanOrEqual(off.timing.passes);
  });

  it('gives the same alternatives, each with a probability', async () => {
    const off = await run('let a = ', { exits: 'off', alternatives: 3 });
    const exact = await run('let a = ', { exits: 'exact', alternatives: 3 });
    expect(exact.continuations.map(idsOf)).toEqual(off.continuations.map(idsOf));
    expect(exact.continuations).toHaveLength(3);
    for (const { probability } of exact.continuations) expect(probability).toBeGreaterThan(0);
  });
});

describe('the mode certified', () => {
  it('lets tokens exit early, and says after which layer', async () => {
    const { timing, continuations } = await run('let a = b; let c = ', { exits: 'certified' });
    expect(Object.keys(timing.exits)).toEqual(['2', '4']);
    expect(timing.layersPerToken).toBeLessThan(4);
    expect(continuations[0]!.tokens.some(({ layers }) => layers === 2)).toBe(true);
  });

  it('leaves a cache that the other modes go on from without a difference', async () => {
    const prompt = { key: 'fresh', path: 'src/a.ts', prefix: 'let a = b; let cc', suffix: '}\n' };
    const fresh = await run('', { exits: 'off', prompt });
    await run('let a = b; ', { exits: 'certified' });
    await run('let a = b; let c', { exits: 'certified' });
    const after = await run('let a = b; let cc', { exits: 'off' });
    expect(after.timing.cachedTokens).toBeGreaterThan(0);
    expect(idsOf(after.continuations[0]!)).toEqual(idsOf(fresh.continuations[0]!));
    expect(after.continuations[0]!.logProbability).toBe(fresh.continuations[0]!.logProbability);
  });

  it('can be cancelled and asked again', async () => {
    let asked = 0;
    const cancelling = engine.generate(request('let q = ', { exits: 'certified' }), () => ++asked > 4);
    await expect(cancelling).rejects.toThrow('cancelled');
    const again = await run('let q = ', { exits: 'exact' });
    expect(idsOf(again.continuations[0]!)).toEqual(idsOf((await run('let q = ', { exits: 'off' })).continuations[0]!));
  });
});

describe('stopping', () => {
  it('ends where the line is less likely right than asked, but not while the prefix is spelled again', async () => {
    const full = await run('let abc', { exits: 'exact' });
    const stopped = await run('let abc', { exits: 'exact', earlyStopBelow: 1 });
    const { tokens, finish } = stopped.continuations[0]!;
    expect(finish).toBe('earlyStop');
    expect(tokens.length).toBeLessThan(full.continuations[0]!.tokens.length);
    expect(tokens.at(-1)!.end).toBeGreaterThan(0);
    expect(idsOf(full.continuations[0]!).slice(0, tokens.length)).toEqual(idsOf(stopped.continuations[0]!));
  });
});

describe('a damaged folder of exits', () => {
  it.each([
    ['text that is no JSON', () => 'no JSON', 'is not valid JSON'],
    ['a missing field', (text: string) => text.replace('"shortlist"', '"short"'), 'does not fit: "shortlist"'],
    ['another model', (text: string) => text.replace(/"model": "../, '"model": "xx'), 'another model.json'],
    [
      'an exit in the middle of a segment',
      (text: string) => text.replace('"layer": 2', '"layer": 1'),
      'no segment ends',
    ],
    ['another size of a file', (text: string) => text.replace(/"bytes": \d+/, '"bytes": 7'), 'damaged'],
  ])('with %s is refused in one sentence', async (_name, change, sentence) => {
    const copy = await mkdtemp(join(tmpdir(), 'lacuna-exits-'));
    try {
      await cp(folder, copy, { recursive: true });
      const file = join(copy, 'exits', 'exits.json');
      const text = await readFile(file, 'utf8');
      await writeFile(file, change(text));
      await expect(loadEngine(copy, 1)).rejects.toThrow(sentence);
    } finally {
      await rm(copy, { recursive: true });
    }
  });

  it('may be missing: every layer is computed, and the general controller stops', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'lacuna-exits-'));
    try {
      await cp(folder, copy, { recursive: true });
      await rm(join(copy, 'exits'), { recursive: true });
      const plain = await loadEngine(copy, 1);
      const { continuations, timing } = await plain.generate(
        request('let a = ', { earlyStopBelow: 1, exits: 'certified' }),
        never,
      );
      expect(timing.layersPerToken).toBe(4);
      expect(continuations[0]!.finish).toBe('earlyStop');
      expect(plain.calibrated.calibration).toBeUndefined();
      await plain.release();
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});
