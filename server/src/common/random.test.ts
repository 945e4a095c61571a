import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

describe('seeded numbers', () => {
  it('are those of the Mersenne Twister', () => {
    // The first numbers of MT19937 with its reference seed, 5489.
    const { below } = seededRandom(5489);
    expect([0, 0, 0, 0].map(() => below(2 ** 32) ^ 0x80000000).map((number) => number >>> 0)).toEqual([
      3499211612, 581869302, 3890346734, 3586334585,
    ]);
  });

  it('are the same for the same seed, and others for the next', () => {
    const ten = (seed: number): number[] => {
      const { share } = seededRandom(seed);
      return Array.from({ length: 10 }, share);
    };
    expect(ten(1)).toEqual(ten(1));
    const firsts = Array.from({ length: 100 }, (_, seed) => ten(seed)[0]!);
    expect(new Set(firsts).size).toBe(100);
    const mean = firsts.reduce((sum, first) => sum + first, 0) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
  });

  it('stay in their range, and leave none of it out', () => {
    const { below, share } = seededRandom(3);
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 7_000; i++) {
      counts[below(7)]! += 1;
      const drawn = share();
      expect(drawn >= 0 && drawn < 1).toBe(true);
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    expect(below(1)).toBe(0);
  });
});
