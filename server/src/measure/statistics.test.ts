import { describe, expect, it } from 'vitest';
import { groupBy } from '../common/groupBy.js';
import { seededRandom } from '../common/random.js';
import {
  areaUnderCurve,
  binsOfEqualSize,
  binsOfEqualWidth,
  calibrationError,
  calibrationErrorByChance,
  mean,
  percentile,
  share,
  thresholdKeeping,
} from './statistics.js';

const right = (score: number) => ({ score, right: true });
const wrong = (score: number) => ({ score, right: false });

describe('percentile', () => {
  it.each([
    ['the middle of an odd number', [3, 1, 2], 0.5, 2],
    ['between the two in the middle', [4, 1, 2, 3], 0.5, 2.5],
    ['nine in ten', [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.9, 90],
    ['interpolated', [10, 20], 0.9, 19],
    ['one value', [7], 0.9, 7],
  ])('%s', (_name, values, below, expected) => {
    expect(percentile(values, below)).toBeCloseTo(expected, 12);
  });

  it('is undefined without values', () => {
    expect(percentile([], 0.5)).toBeUndefined();
  });
});

describe('areaUnderCurve', () => {
  it.each([
    ['all right ones above', [right(0.9), right(0.8), wrong(0.2), wrong(0.1)], 1],
    ['all right ones below', [right(0.1), wrong(0.9)], 0],
    ['one pair of four the wrong way round', [right(0.9), right(0.4), wrong(0.5), wrong(0.1)], 0.75],
    ['ties count half', [right(0.5), wrong(0.5)], 0.5],
    // Pairs: 0.7 beats 0.7 half and 0.2 wholly; 0.7 again the same: (0.5 + 1 + 0.5 + 1) / 4.
    ['several ties', [right(0.7), right(0.7), wrong(0.7), wrong(0.2)], 0.75],
  ])('%s', (_name, scored, expected) => {
    expect(areaUnderCurve(scored)).toBeCloseTo(expected, 12);
  });

  it('is undefined when all are right, or none', () => {
    expect(areaUnderCurve([right(1), right(2)])).toBeUndefined();
    expect(areaUnderCurve([])).toBeUndefined();
  });
});

describe('calibrationError', () => {
  it('is the distance of confidence and share in one bin', () => {
    // Mean probability 0.7, half of them right.
    expect(calibrationError(binsOfEqualSize([right(0.8), wrong(0.6)], 1))).toBeCloseTo(0.2, 12);
  });

  it('weighs bins by their sizes', () => {
    // Bins of two: |0.3 - 0| for the lower and |1.7 / 2 - 1| for the upper one.
    const scored = [wrong(0.1), wrong(0.5), right(0.8), right(0.9)];
    expect(calibrationError(binsOfEqualSize(scored, 2))).toBeCloseTo((0.3 + 0.15) / 2, 12);
    expect(calibrationError(binsOfEqualWidth([...scored, right(1)], 2))).toBeCloseTo((0.1 + 0.2) / 5, 12);
  });

  it('copes with fewer items than bins', () => {
    expect(calibrationError(binsOfEqualSize([right(0.75)]))).toBeCloseTo(0.25, 12);
    expect(calibrationError(binsOfEqualSize([]))).toBeUndefined();
    expect(calibrationErrorByChance(binsOfEqualWidth([]))).toBeUndefined();
  });

  it('is by chance what it is on average where the probabilities are right', () => {
    const { share: random } = seededRandom(5);
    const scores = Array.from({ length: 300 }, () => random());
    const errors = Array.from({ length: 200 }, () =>
      calibrationError(binsOfEqualWidth(scores.map((score) => ({ score, right: random() < score }))))!,
    );
    const expected = calibrationErrorByChance(binsOfEqualWidth(scores.map(right)))!;
    expect(expected).toBeGreaterThan(0.05);
    expect(mean(errors)! / expected).toBeCloseTo(1, 1);
  });
});

describe('thresholdKeeping', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => right(i + 1));

  it('drops no more than one in twenty', () => {
    expect(thresholdKeeping([...twenty, wrong(-5), wrong(50)], 0.95)).toBe(2);
  });

  it('keeps all where one would be too many to drop', () => {
    expect(thresholdKeeping([right(3), right(1)], 0.95)).toBe(1);
    expect(thresholdKeeping([wrong(1)], 0.95)).toBeUndefined();
  });
});

describe('the small ones', () => {
  it('says nothing of nothing', () => {
    expect(mean([])).toBeUndefined();
    expect(share([], () => true)).toBeUndefined();
  });

  it('counts and groups', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(share([1, 2, 3, 4], (value) => value > 1)).toBe(0.75);
    expect([...groupBy(['ab', 'c', 'ad'], (text) => text[0]!)]).toEqual([
      ['a', ['ab', 'ad']],
      ['c', ['c']],
    ]);
  });
});
