// Trees, networks and tails against LightGBM, torch and SciPy, whose answers models/build/golden keeps in files; of the score
// that ships, its own trees and networks are asked.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StagedTrees, type BoostedTrees } from './boostedTrees.js';
import { binomialTail, leastEpsilon } from '../guarantee/bound.js';
import { AFTER_HOLE, lineFeatures } from './features.js';
import { StagedNetworks } from './network.js';
import { lineProgramFeatures } from './programFeatures.js';
import { programLogits, type ProgramScore, type TrainedScore } from './trainedScores.js';

interface Answers {
  readonly rows: readonly (readonly number[])[];
  /** Log odds of each row, by the trees and by the networks' mean. */
  readonly trees: readonly number[];
  readonly networks?: readonly number[];
}

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../test/fixtures/golden/${name}.json`, import.meta.url), 'utf8'));
const small = golden('smallScore') as Answers & { readonly score: ProgramScore };
const shippedAnswers = golden('shippedScores') as { readonly parts: Answers; readonly programs: Answers };
const shipped = JSON.parse(
  readFileSync(new URL('../../../../models/lacuna-0.5b/holes/score.json', import.meta.url), 'utf8'),
) as TrainedScore;

const ofTrees = (trees: BoostedTrees, stages: number, stageOf: (feature: number) => number): Logit => {
  const staged = new StagedTrees(trees, stages, stageOf);
  return (row) => {
    const last = Array.from({ length: stages - 1 }).reduce<Int32Array | undefined>(
      (open, _, stage) => staged.narrow(stage, row, open),
      undefined,
    );
    return staged.logit(row, last);
  };
};

const ofNetworks = ({ networks }: ProgramScore, isOfLine: (feature: number) => boolean): Logit => {
  const staged = new StagedNetworks(networks!, isOfLine);
  return (row) => staged.output(row, staged.sumsOfLine(row));
};

type Logit = (row: Float64Array) => number;

function furthest(logit: Logit, rows: Answers['rows'], wanted: readonly number[]): number {
  return Math.max(...rows.map((row, index) => Math.abs(logit(Float64Array.from(row)) - wanted[index]!)));
}

describe('small scores, by the libraries that learned them', () => {
  // The score's file keeps four digits of a leaf, five of a threshold and five behind the point of a weight.
  it('have the log odds of LightGBM', () => {
    expect(
      furthest(
        ofTrees(small.score, 2, (feature) => feature % 2),
        small.rows,
        small.trees,
      ),
    ).toBeLessThan(1e-3);
  });

  it('have the log odds of torch', () => {
    const logit = ofNetworks(small.score, (feature) => feature % 2 === 0);
    expect(furthest(logit, small.rows, small.networks!)).toBeLessThan(2e-3);
  });
});

describe('the score that ships, put back into the libraries', () => {
  it('has the log odds of LightGBM for parts', () => {
    const stageOf = (feature: number) => (feature === AFTER_HOLE ? 2 : lineFeatures.has(feature) ? 0 : 1);
    const { rows, trees } = shippedAnswers.parts;
    expect(furthest(ofTrees(shipped.parts, 3, stageOf), rows, trees)).toBeLessThan(1e-9);
  });

  it('has the log odds of LightGBM and torch for programs', () => {
    const { rows, trees, networks } = shippedAnswers.programs;
    const isOfLine = (feature: number) => lineProgramFeatures.has(feature);
    const stageOf = (feature: number) => (isOfLine(feature) ? 0 : 1);
    expect(furthest(ofTrees(shipped.programs, 2, stageOf), rows, trees)).toBeLessThan(1e-9);
    // torch computes in single precision.
    expect(furthest(ofNetworks(shipped.programs, isOfLine), rows, networks!)).toBeLessThan(1e-4);
  });

  it('averages the two', () => {
    const { rows, trees, networks } = shippedAnswers.programs;
    for (const [index, row] of rows.entries()) {
      const both = programLogits(shipped.programs)(Float64Array.from(row));
      expect(both).toBeCloseTo((trees[index]! + networks![index]!) / 2, 4);
    }
  });
});

describe('binomial tails', () => {
  const { tails, leastEpsilons } = golden('binomialTails') as Record<string, readonly (readonly number[])[]>;

  it.each(tails!)('at most %d of %d, each with probability %d, as SciPy has it', (k, n, p, wanted) => {
    // Sums of 30,000 logarithms keep nine digits; what is less than 1e-290 may be 0.
    expect(Math.abs(binomialTail(k, n, p) - wanted)).toBeLessThanOrEqual(1e-8 * wanted + 1e-290);
  });

  it.each(leastEpsilons!)('%d items at δ = %d, as SciPy has it', (n, delta, wanted) => {
    expect(leastEpsilon(n, delta) / wanted).toBeCloseTo(1, 9);
  });
});
