// Which items `--limit` takes: a stratified sample, spread evenly over all files, so that every language and repository keeps its share.

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
  const random = seed === undefined ? () => 0 : mulberry32(seed);
  return Array.from({ length: limit }, (_, i) => {
    const from = Math.floor((i * items.length) / limit);
    const to = Math.floor(((i + 1) * items.length) / limit);
    return items[from + Math.floor(random() * (to - from))]!;
  });
}

/** Tommy Ettinger's Mulberry32: numbers in [0, 1), enough to choose items by. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
