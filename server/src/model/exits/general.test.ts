// The general controller against the Python that trained it, and on a model that has no controller of its own.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import trained from '../../../../models/general/controller.json' with { type: 'json' };
import golden from '../../../test/fixtures/golden/generalController.json' with { type: 'json' };
import { loadEngine, type Engine } from '../generation/engine.js';
import type { GenerateRequest } from '../language.js';
import { generalLogit, generalMark, logOddsOf } from './general.js';
import { RECALIBRATION_FILE, recalibrationTarget, type Recalibration } from './recalibration.js';
import { commonSignals } from './signals.js';

const tiny = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));
const never = (): boolean => false;

describe('the general controller', () => {
  it('was trained on the signals that the product computes', () => {
    expect(trained.signals).toEqual(commonSignals);
  });

  it('says of signals what Python says', () => {
    expect(golden.mark).toBe(generalMark);
    for (const [at, row] of golden.rows.entries()) {
      const wanted = golden.odds[at]!;
      expect(Math.abs(generalLogit(row) - wanted)).toBeLessThan(1e-9 * (1 + Math.abs(wanted)));
    }
  });
});

describe('a model without a controller of its own', () => {
  let folder: string;
  let engine: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lacuna-general-'));
    await cp(tiny, folder, { recursive: true });
    await rm(join(folder, 'exits'), { recursive: true });
    engine = await loadEngine(folder, 1);
  });
  afterAll(async () => {
    await engine.release();
    await rm(folder, { recursive: true });
  });

  const request = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
    prompt: { key: 'a', path: 'src/a.ts', prefix: 'let a = b; let c = ', suffix: '}\n' },
    alternatives: 1,
    maximumLines: 1,
    maximumTokens: 20,
    maximumMs: 10_000,
    ...more,
  });
  const write = async (more?: Partial<GenerateRequest>) =>
    (await engine.generate(request(more), never)).continuations[0]!;
  const recalibration = async (): Promise<Recalibration> => ({
    ...(await recalibrationTarget(folder)),
    estimate: 'controller',
    slope: 0.5,
    offset: -1,
    thresholds: {
      eager: { shown: 0.1, earlyStopBelow: 0.05 },
      balanced: { shown: 0.2, earlyStopBelow: 0.1 },
      quiet: { shown: 0.4, earlyStopBelow: 0.3 },
    },
    lines: 150,
    right: 60,
    effectiveLines: 90,
    source: 'commits',
    date: '2026-11-30',
  });
  const keep = (content: object | string): Promise<void> =>
    writeFile(join(folder, RECALIBRATION_FILE), typeof content === 'string' ? content : JSON.stringify(content));

  it('has a probability for each token, from the signals, and says that it is not calibrated', async () => {
    const { tokens, probability } = await write({ signals: true });
    expect(engine.calibrated).toEqual({ thresholds: trained.thresholds });
    for (const { right, signals } of tokens) expect(right).toBeCloseTo(1 / (1 + Math.exp(-generalLogit(signals!))), 6);
    expect(probability).toBe(tokens.at(-1)!.right);
    expect((await write()).tokens.every((token) => !('signals' in token))).toBe(true);
  });

  it('stops where the line is less likely right than asked', async () => {
    const whole = await write();
    const before = whole.tokens.slice(0, -1).map(({ right }) => right!);
    const least = Math.min(...before);
    const stopped = await write({ earlyStopBelow: least + 1e-9 });
    expect(stopped.finish).toBe('earlyStop');
    expect(stopped.tokens).toHaveLength(before.findIndex((right) => right < least + 1e-9) + 1);
  });

  it('is calibrated by what was measured with it, at once', async () => {
    const before = (await write({ signals: true })).tokens;
    await keep(await recalibration());
    expect(await engine.recalibrate()).toMatchObject({
      calibration: { lines: 150, source: 'commits', date: '2026-11-30' },
      thresholds: { quiet: { shown: 0.4 } },
    });
    const after = (await write({ signals: true })).tokens;
    for (const [at, { right, signals }] of after.entries()) {
      expect(right).toBeCloseTo(1 / (1 + Math.exp(1 - 0.5 * generalLogit(signals!))), 6);
      expect(right).not.toBe(before[at]!.right);
    }
  });

  it('takes the product of the tokens where that was measured to tell more', async () => {
    await keep({ ...(await recalibration()), estimate: 'product' });
    await engine.recalibrate();
    let sum = 0;
    for (const { right, logProbability } of (await write()).tokens) {
      sum += logProbability;
      expect(right).toBeCloseTo(1 / (1 + Math.exp(1 - 0.5 * logOddsOf(sum))), 5);
    }
  });

  it('reads a measurement of the time before that was a choice', async () => {
    await keep({ ...(await recalibration()), estimate: undefined });
    expect((await engine.recalibrate())?.calibration).toMatchObject({ lines: 150 });
  });

  it.each([
    [-40, -9.2],
    [Math.log(0.5), 0],
    [0, 9.2],
  ])('the log-odds of a probability exp(%d) are %d', (logProbability, odds) =>
    expect(logOddsOf(logProbability)).toBeCloseTo(odds, 1),
  );

  it.each<[string, (fits: Recalibration) => object | string]>([
    ['another controller', (fits) => ({ ...fits, controller: 'another' })],
    ['another model', (fits) => ({ ...fits, model: 'another' })],
    ['a damaged file', () => '{"format":1,'],
    ['a slope that would turn it round', (fits) => ({ ...fits, slope: -1 })],
  ])('is not calibrated by %s', async (_, changed) => {
    await keep(changed(await recalibration()));
    expect(await engine.recalibrate()).toEqual({ thresholds: trained.thresholds });
  });
});

it('a model with a controller of its own was calibrated when that was trained', async () => {
  const engine = await loadEngine(tiny, 1);
  expect(engine.calibrated.calibration).toMatchObject({ source: 'training' });
  await engine.release();
});
