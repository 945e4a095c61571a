import { describe, expect, it } from 'vitest';
import { binomialTail } from './bound.js';
import { designEffect, epsilonAchievable, itemsNeeded, studentQuantile, tailAcross } from './designEffect.js';

const repeated = (count: number, n: number, errors: number) => Array.from({ length: count }, () => ({ n, errors }));

describe('the design effect', () => {
  it('is 1 where repositories are alike, or say nothing', () => {
    expect(designEffect(repeated(10, 20, 3))).toBe(1);
    expect(designEffect(repeated(1, 20, 3))).toBe(1);
    expect(designEffect(repeated(5, 20, 0))).toBe(1);
    expect(designEffect(repeated(5, 20, 20))).toBe(1);
    expect(designEffect([])).toBe(1);
  });

  it('is the size of a repository where each is all wrong or all right', () => {
    const clusters = [...repeated(50, 20, 20), ...repeated(50, 20, 0)];
    expect(designEffect(clusters)).toBeCloseTo((20 * 100) / 99, 9);
  });
});

describe('the tail across repositories', () => {
  const ten = { n: 1_000, errors: 80, clusters: 12, designEffect: 1 };

  it('is larger the more repositories differ, and the fewer they are', () => {
    const tail = tailAcross(ten, 0.1, 0.1, 'asMany');
    expect(tail).toBeGreaterThan(binomialTail(80, 1_000, 0.1));
    expect(tailAcross({ ...ten, designEffect: 2 }, 0.1, 0.1, 'asMany')).toBeGreaterThan(tail);
    expect(tailAcross({ ...ten, clusters: 3 }, 0.1, 0.1, 'asMany')).toBeGreaterThan(tail);
  });

  it('is larger where the guarantee is about as many lines than where it is about the long run', () => {
    expect(tailAcross(ten, 0.1, 0.1, 'longRun')).toBeLessThan(tailAcross(ten, 0.1, 0.1, 'asMany'));
    expect(tailAcross({ ...ten, clusters: 1 }, 0.1, 0.1, 'longRun')).toBe(binomialTail(80, 1_000, 0.1));
  });

  it('grows with every error', () => {
    const tails = Array.from({ length: 101 }, (_, errors) => tailAcross({ ...ten, errors }, 0.1, 0.1, 'asMany'));
    for (const [index, tail] of tails.slice(1).entries()) expect(tail).toBeGreaterThan(tails[index]!);
  });

  it('guarantees nothing of nothing', () => {
    expect(tailAcross({ n: 0, errors: 0, clusters: 0, designEffect: 1 }, 0.1, 0.1, 'asMany')).toBe(1);
  });

  it('can show what it says can be shown, and no less', () => {
    const needed = itemsNeeded({ n: 10, clusters: 1 }, 0.1, 0.1, 'asMany');
    expect(needed).toBe(44);
    expect(tailAcross({ n: needed, errors: 0, clusters: 1, designEffect: 1 }, 0.1, 0.1, 'asMany')).toBeLessThanOrEqual(
      0.1,
    );
    expect(tailAcross({ n: needed - 1, errors: 0, clusters: 1, designEffect: 1 }, 0.1, 0.1, 'asMany')).toBeGreaterThan(
      0.1,
    );
    const epsilon = epsilonAchievable({ n: 100, clusters: 1 }, 0.1, 'asMany');
    expect(tailAcross({ n: 100, errors: 0, clusters: 1, designEffect: 1 }, epsilon + 1e-6, 0.1, 'asMany')).toBeLessThan(
      0.1,
    );
  });
});

// Values of the usual tables.
it.each([
  [0.1, 1, 3.0777],
  [0.1, 2, 1.8856],
  [0.1, 11, 1.3634],
  [0.05, 14, 1.7613],
  [0.025, 30, 2.0423],
])('knows the t that is exceeded with probability %d at %d degrees of freedom', (delta, degrees, t) => {
  expect(studentQuantile(delta, degrees)).toBeCloseTo(t, 4);
});
