import { describe, expect, it } from 'vitest';
import { StagedNetworks, type Networks } from './network.js';

/** Adds what it is told, without a layer in between. */
const adds: Networks['members'][number] = {
  kinds: [{ place: 1, vectors: [[10], [20], [30]] }],
  layers: [{ weights: [[1, 1, 1]], bias: [0.5] }],
};
const numbers = { places: [0, 2], means: [0, 0], deviations: [1, 1] };
const sum: Networks = { numbers, members: [adds] };

/** The same, whether a number is known before the rest or not. */
const of = (networks: Networks, ...row: readonly number[]): number => {
  const [output, ...others] = [[], [0], [0, 2]].map((early) => {
    const staged = new StagedNetworks(networks, (place) => early.includes(place));
    return staged.output(Float64Array.from(row), staged.sumsOfLine(Float64Array.from(row)));
  });
  for (const other of others) expect(other).toBeCloseTo(output!, 12);
  return output!;
};

describe('a network', () => {
  it('is told numbers, squashed and held, and a vector of each kind', () => {
    expect(of(sum, 0, -1, 0)).toBe(10.5);
    expect(of(sum, Math.E - 1, 0, 0)).toBeCloseTo(21.5);
    expect(of(sum, 1 - Math.E, 1, 0)).toBeCloseTo(29.5);
    expect(of(sum, 1e9, -1, -1e9)).toBe(10.5);
    // A kind that it has not seen is taken for the last.
    expect(of(sum, 0, 7, 0)).toBe(30.5);
  });

  it('bends what a layer gives to the next', () => {
    const layers = [
      { weights: [[1, 0, 0]], bias: [0] },
      { weights: [[2]], bias: [1] },
    ];
    const bent: Networks = { numbers, members: [{ ...adds, layers }] };
    expect(of(bent, Math.E - 1, 0, 0)).toBeCloseTo(1 + 2 / (1 + Math.exp(-1)));
  });

  it('is averaged with others', () => {
    const more = { ...adds, layers: [{ weights: [[1, 1, 1]], bias: [1.5] }] };
    expect(of({ numbers, members: [adds, more] }, 0, -1, 0)).toBe(11);
  });
});
