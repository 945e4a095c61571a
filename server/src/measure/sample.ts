// Which items `--limit` takes: a stratified sample, spread evenly over all files, so that every language and repository keeps its share.

import { seededRandom } from '../common/random.js';

/**
 * Takes `limit` of the items, one from each of as many equal stretches. Without a seed it is the first of each stretch;
 * with one, a pseudo-random one, the same for the same seed.
 */
export function stratifiedSample<T>(
  items: readonly T[],
  limit: number | undefined,
  seed: number | undefined,
): readonly T[] {
  if (limit === undefined || limit >= items.length) return items;
  const { below } = seed === undefined ? { below: () => 0 } : seededRandom(seed);
  return Array.from({ length: limit }, (_, i) => {
    const from = Math.floor((i * items.length) / limit);
    const to = Math.floor(((i + 1) * items.length) / limit);
    return items[from + below(to - from)]!;
  });
}
