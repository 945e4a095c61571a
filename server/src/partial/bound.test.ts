import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedErrors,
  binomialTail,
  hoeffdingBentkus,
  lastCertified,
  leastEpsilon,
  leastItems,
  upperLimit,
} from './bound.js';

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

describe('the binomial bound', () => {
  it('is the exact sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), share, (n, k, p) => {
        expect(binomialTail(Math.min(k, n), n, p)).toBeCloseTo(exactTail(Math.min(k, n), n, p), 10);
      }),
    );
  });

  it('allows as many errors as the sum stays at or below δ', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        share,
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (n, p, delta) => {
          const allowed = allowedErrors(n, p, delta);
          if (allowed !== undefined) expect(exactTail(allowed, n, p)).toBeLessThanOrEqual(delta + 1e-9);
          const next = (allowed ?? -1) + 1;
          if (next <= n) expect(exactTail(next, n, p)).toBeGreaterThan(delta - 1e-9);
        },
      ),
    );
  });

  it.each([
    [0.05, 45],
    [0.1, 22],
    [0.2, 11],
    [0.3, 7],
  ])('needs at ε = %d and δ = .1 at least %d items', (epsilon, items) => {
    expect(leastItems(epsilon, 0.1)).toBe(items);
    expect(allowedErrors(items, epsilon, 0.1)).toBe(0);
    expect(allowedErrors(items - 1, epsilon, 0.1)).toBeUndefined();
    expect(leastEpsilon(items, 0.1)).toBeLessThanOrEqual(epsilon);
    expect(leastEpsilon(items - 1, 0.1)).toBeGreaterThan(epsilon);
  });

  it('holds for thousands of items without underflow', () => {
    expect(allowedErrors(5_000, 0.2, 0.1)).toBeGreaterThan(930);
    expect(allowedErrors(5_000, 0.2, 0.1)).toBeLessThan(1_000);
    expect(binomialTail(1_000, 5_000, 0.2)).toBeCloseTo(0.507, 2);
  });

  it('has the upper limit at which the tail is δ', () => {
    for (const [k, n] of [
      [0, 10],
      [3, 20],
      [120, 600],
    ] as const) {
      expect(binomialTail(k, n, upperLimit(k, n, 0.1))).toBeCloseTo(0.1, 6);
    }
    expect(upperLimit(5, 5, 0.1)).toBe(1);
    expect(upperLimit(0, 0, 0.1)).toBe(1);
  });
});

describe('Learn-Then-Test', () => {
  it('has p-values that fall with the loss and never beat the exact ones by more than they may', () => {
    for (const k of [0, 5, 10, 15, 20]) {
      const [now, before] = [hoeffdingBentkus(k / 100, 100, 0.2), hoeffdingBentkus(Math.max(0, k - 5) / 100, 100, 0.2)];
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeGreaterThanOrEqual(Math.min(1, binomialTail(k, 100, 0.2)) - 1e-12);
    }
  });

  it('stops at the first hypothesis that it cannot reject', () => {
    expect(lastCertified([0.01, 0.05, 0.2, 0.01], 0.1)).toBe(1);
    expect(lastCertified([0.3, 0.01], 0.1)).toBeUndefined();
    expect(lastCertified([], 0.1)).toBeUndefined();
    expect(lastCertified([0.01, 0.02], 0.1)).toBe(1);
    expect(lastCertified([NaN], 0.1)).toBeUndefined();
  });
});
