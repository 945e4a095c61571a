import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialTail, lastCertified, leastEpsilon, leastItems } from './bound.js';

/** P[X ≤ k] with whole-number binomial coefficients, for small n. */
function exactTail(k: number, n: number, p: number): number {
  let coefficient = 1;
  let sum = 0;
  for (let h = 0; h <= k; h++) {
    sum += coefficient * p ** h * (1 - p) ** (n - h);
    coefficient = (coefficient * (n - h)) / (h + 1);
  }
  return sum;
}

const share = fc.double({ min: 0.01, max: 0.9, noNaN: true });

describe('the binomial tail', () => {
  it('is the exact sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), share, (n, k, p) => {
        expect(binomialTail(Math.min(k, n), n, p)).toBeCloseTo(exactTail(Math.min(k, n), n, p), 10);
      }),
    );
  });

  it('stays a probability where plain sums would vanish', () => {
    expect(binomialTail(1_000, 5_000, 0.2)).toBeCloseTo(0.507, 2);
    expect(binomialTail(5_000, 100_000, 0.05)).toBeGreaterThan(0.4);
    expect(binomialTail(5_000, 100_000, 0.05)).toBeLessThan(0.6);
  });

  it('is certain where nothing, or everything, goes wrong', () => {
    expect(binomialTail(0, 0, 0.1)).toBe(1);
    expect(binomialTail(5, 5, 0.1)).toBe(1);
    expect(binomialTail(0, 5, 0)).toBe(1);
    expect(binomialTail(4, 5, 1)).toBe(0);
  });
});

it.each([
  [0.05, 45],
  [0.1, 22],
  [0.2, 11],
  [0.3, 7],
])('needs at ε = %d and δ = .1 at least %d items', (epsilon, items) => {
  expect(leastItems(epsilon, 0.1)).toBe(items);
  expect(binomialTail(0, items, epsilon)).toBeLessThanOrEqual(0.1);
  expect(binomialTail(0, items - 1, epsilon)).toBeGreaterThan(0.1);
  expect(leastEpsilon(items, 0.1)).toBeLessThanOrEqual(epsilon);
  expect(leastEpsilon(items - 1, 0.1)).toBeGreaterThan(epsilon);
});

describe('Learn-Then-Test', () => {
  it('allows as many errors as the sum stays at or below δ, where errors only grow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        share,
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (n, p, delta) => {
          const tails = Array.from({ length: n + 1 }, (_, k) => binomialTail(k, n, p));
          const allowed = lastCertified(tails, delta);
          if (allowed !== undefined) expect(exactTail(allowed, n, p)).toBeLessThanOrEqual(delta + 1e-9);
          const next = (allowed ?? -1) + 1;
          if (next <= n) expect(exactTail(next, n, p)).toBeGreaterThan(delta - 1e-9);
        },
      ),
    );
  });

  it('stops at the first hypothesis that it cannot reject', () => {
    expect(lastCertified([0.01, 0.05, 0.2, 0.01], 0.1)).toBe(1);
    expect(lastCertified([0.3, 0.01], 0.1)).toBeUndefined();
    expect(lastCertified([], 0.1)).toBeUndefined();
    expect(lastCertified([0.01, 0.02], 0.1)).toBe(1);
    expect(lastCertified([NaN], 0.1)).toBeUndefined();
  });
});
