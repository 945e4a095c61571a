// The guarantee itself, on lines made up with known chances: over many calibrations the true share of misses at the chosen
// threshold exceeds ε in at most a share δ of them.

import { describe, expect, it } from 'vitest';
import { calibrationSchema, certifiedIndex, guaranteeFor, lengthClass, type Calibration } from './calibration.js';
import { offerLevels } from './offer.js';
import { designEffect } from './designEffect.js';
import { seededRandom, type Random } from '../../common/random.js';
import { thresholds } from '../choose/thresholds.js';

/** Share of misses at each threshold: falls from 0.6 to 0, as the thresholds rise. */
const truth = thresholds.map((threshold) => 0.6 * (1 - threshold) ** 1.5);

const REPOSITORIES = 12;
const LINES = 20;

/** Repositories differ: in each, lines are missed more or less often than the mean by up to half of it. */
function sample(random: Random['share']): readonly { readonly n: number; readonly errors: number }[][] {
  const chances = Array.from({ length: REPOSITORIES }, () => {
    const hardness = 0.5 + random();
    return Array.from({ length: LINES }, () => random() / hardness);
  });
  return truth.map((share) =>
    chances.map((lines) => ({ n: LINES, errors: lines.filter((chance) => chance < share).length })),
  );
}

const errorsOf = (clusters: readonly { readonly errors: number }[]): number =>
  clusters.reduce((sum, { errors }) => sum + errors, 0);

describe('a calibration', () => {
  it.each([0.1, 0.2, 0.3])('keeps its guarantee at ε = %d in at least nine of ten pairs of samples', (epsilon) => {
    const random = seededRandom(11).share;
    let broken = 0;
    let used = 0;
    for (let repetition = 0; repetition < 400; repetition++) {
      const [measured, later] = [sample(random), sample(random)];
      const missed = { misses: [measured.map(errorsOf)], spread: [measured.map(designEffect)] };
      const index = certifiedIndex(missed, { n: REPOSITORIES * LINES, clusters: REPOSITORIES }, 1, epsilon, 0.1)!;
      const share = errorsOf(later[index]!) / (REPOSITORIES * LINES);
      if (share > epsilon) broken++;
      used += share;
    }
    // 400 repetitions may show up to 12.5 % where 10 % is true, once in twenty times.
    expect(broken / 400).toBeLessThanOrEqual(0.125);
    expect(used / 400).toBeGreaterThan(epsilon / 3);
  });

  const offers = {
    offered: [1, 2, 3, 4].map(() => offerLevels.map(() => 0)),
    offeredMisses: [1, 2, 3, 4].map(() => offerLevels.map(() => 0)),
    offeredSpread: [1, 2, 3, 4].map(() => offerLevels.map(() => 1)),
  };
  const ones = [1, 2, 3, 4].map(() => thresholds.map(() => 1));
  const calibration = (n: number): Calibration => ({
    version: 5,
    model: 'm',
    source: 'measured on made-up lines',
    n,
    groups: [
      {
        language: '*',
        length: '*',
        n,
        clusters: 3,
        misses: [1, 2, 3, 4].map(() => truth.map((share) => Math.floor(share * n))),
        spread: ones,
        ...offers,
      },
      {
        language: 'go',
        length: '*',
        n: 500,
        clusters: 1,
        misses: [1, 2, 3, 4].map(() => thresholds.map(() => 0)),
        spread: ones,
        ...offers,
      },
      {
        language: 'java',
        length: '*',
        n: 20,
        clusters: 1,
        misses: [1, 2, 3, 4].map(() => thresholds.map(() => 0)),
        spread: ones,
        ...offers,
      },
    ],
  });

  it('says how many lines are needed where there are too few', () => {
    const answer = guaranteeFor(calibration(10), { languageId: 'python', holes: 2, epsilon: 0.05, delta: 0.1 });
    expect(answer).toMatchObject({ kind: 'tooFew', n: 10, needed: 168 });
  });

  it('uses a language of its own where that has enough lines, and all lines elsewhere', () => {
    const ask = (languageId: string) =>
      guaranteeFor(calibration(1_000), { languageId, holes: 2, epsilon: 0.2, delta: 0.1 });
    expect(ask('go')).toMatchObject({ kind: 'certified', index: 0, group: { language: 'go' } });
    expect(ask('java')).toMatchObject({ kind: 'certified', group: { language: '*' } });
  });

  it('survives being written and read', () => {
    expect(calibrationSchema.parse(JSON.parse(JSON.stringify(calibration(100))))).toEqual(calibration(100));
    expect(calibrationSchema.safeParse({ version: 1 }).success).toBe(false);
  });

  it('sorts lengths', () =>
    expect([1, 3, 4, 8, 9].map(lengthClass)).toEqual(['short', 'short', 'medium', 'medium', 'long']));
});
