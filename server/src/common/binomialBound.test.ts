import { describe, expect, test } from 'vitest';
import { allowedMisses, binomialTail, missRateBound } from './binomialBound.js';

/** The tail by plain multiplication, for numbers that allow it. */
function plainTail(trials: number, misses: number, rate: number): number {
  let sum = 0;
  for (let h = 0; h <= misses; h++) {
    let term = 1;
    for (let i = 0; i < h; i++) term *= ((trials - i) / (i + 1)) * rate;
    sum += term * (1 - rate) ** (trials - h);
  }
  return sum;
}

describe('the tail', () => {
  test.each([
    [10, 0, 0.1],
    [10, 3, 0.1],
    [25, 7, 0.3],
    [40, 39, 0.5],
  ])('of %i trials, %i misses at %f equals the plain sum', (trials, misses, rate) => {
    expect(binomialTail(trials, misses, rate)).toBeCloseTo(plainTail(trials, misses, rate), 12);
  });

  test('stays a probability where plain sums would vanish', () => {
    expect(binomialTail(100_000, 5_000, 0.05)).toBeGreaterThan(0.4);
    expect(binomialTail(100_000, 5_000, 0.05)).toBeLessThan(0.6);
  });
});

test.each([
  [45, 0.05, 0],
  [44, 0.05, undefined],
  [22, 0.1, 0],
  [21, 0.1, undefined],
  [11, 0.2, 0],
  [7, 0.3, 0],
])('with delta 0.1, %i trials at epsilon %f allow %s misses', (trials, epsilon, expected) => {
  expect(allowedMisses(trials, epsilon, 0.1)).toBe(expected);
});

test('one miss more than allowed is too many', () => {
  for (const trials of [50, 200, 1000]) {
    const misses = allowedMisses(trials, 0.1, 0.05)!;
    expect(binomialTail(trials, misses, 0.1)).toBeLessThanOrEqual(0.05);
    expect(binomialTail(trials, misses + 1, 0.1)).toBeGreaterThan(0.05);
  }
});

test('the bound of a rate is where the tail is delta', () => {
  const bound = missRateBound(500, 20, 0.05);
  expect(bound).toBeGreaterThan(0.04);
  expect(binomialTail(500, 20, bound)).toBeCloseTo(0.05, 9);
  expect(missRateBound(0, 0, 0.05)).toBe(1);
  expect(missRateBound(30, 30, 0.05)).toBe(1);
});

test('over many draws the true rate lies above the bound in at most delta of them', () => {
  let state = 7;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  let above = 0;
  const draws = 2000;
  for (let draw = 0; draw < draws; draw++) {
    let misses = 0;
    for (let trial = 0; trial < 120; trial++) if (random() < 0.08) misses++;
    if (missRateBound(120, misses, 0.1) < 0.08) above++;
  }
  expect(above / draws).toBeLessThanOrEqual(0.1 + 3 * Math.sqrt((0.1 * 0.9) / draws));
});
