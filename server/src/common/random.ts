// Numbers that look random and are the same everywhere for one seed: what is sampled, resampled or made up for a test can be
// had again. The generator is the Mersenne Twister, whose first numbers are already unlike those of the next seed.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

export interface Random {
  /** From 0 up to 1, without 1. */
  share(this: void): number;
  /** A whole number from 0 up to `count`, without `count`, which is at least 1. */
  below(this: void, count: number): number;
}

export function seededRandom(seed: number): Random {
  const generator = mersenne(seed);
  return {
    share: () => uniformFloat64(generator),
    below: (count) => uniformInt(generator, 0, count - 1),
  };
}
