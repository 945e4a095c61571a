import { expect, test } from 'vitest';
import { recalibrateProbability, correct, shareOut } from './recalibration.js';

const line = [
  [0, 0],
  [0.5, 0.4],
  [0.9, 0.95],
  [1, 0.99],
] as const;

test.each([
  ['at a point', 0.5, 0.4],
  ['between two points', 0.7, 0.675],
  ['at the ends', 0, 0],
  ['at the other end', 1, 0.99],
])('a probability %s', (_name, raw, expected) => {
  expect(recalibrateProbability(line, raw)).toBeCloseTo(expected, 10);
});

test.each([
  ['one that is sure', [0.95, 0.03, 0.01]],
  ['two that are alike', [0.45, 0.45]],
  ['nothing left for others', [1, 0, 0]],
  ['one alone', [0.2]],
])('together they are at most 1 and stay in order: %s', (_name, probabilities) => {
  const top = recalibrateProbability(line, probabilities[0]!);
  const calibrated = shareOut(top, probabilities);
  expect(calibrated.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1 + 1e-9);
  expect([...calibrated].sort((left, right) => right - left)).toEqual(calibrated);
  expect(calibrated[0]).toBe(top);
});

test('no candidates have no confidences', () => {
  expect(shareOut(0.5, [])).toEqual([]);
});

test.each([
  ['no correction', [0, 1] as const, 0.9, 0.9],
  ['a bias', [Math.log(2), 1] as const, 0.5, 2 / 3],
  ['a slope', [0, 2] as const, 0.75, 0.9],
  ['certainty is never complete', [0, 1] as const, 1, 0.9999],
])('%s in log odds', (_name, line, probability, expected) => {
  expect(correct(line, probability)).toBeCloseTo(expected, 10);
});
