// A three-way merge of things whose order matters little, such as imports: what either side removed is gone, what either
// side added is there, once.

export interface SetMergeOptions {
  /** What two items must have in common to be the same. */
  readonly keyOf: (item: string) => string;
  /** Items that may stand several times, such as blank lines; they follow their neighbour. */
  readonly isFiller: (item: string) => boolean;
}

/** Items of the leading side in their order, with what the following side added put behind the item that it follows there. */
export function mergeAsSets(
  leading: readonly string[],
  base: readonly string[],
  following: readonly string[],
  { keyOf, isFiller }: SetMergeOptions,
): string[] {
  const keysOf = (items: readonly string[]): Set<string> => new Set(items.filter((item) => !isFiller(item)).map(keyOf));
  const inBase = keysOf(base);
  const inLeading = keysOf(leading);
  const inFollowing = keysOf(following);

  const merged = leading.filter((item) => isFiller(item) || !inBase.has(keyOf(item)) || inFollowing.has(keyOf(item)));
  let place = 0;
  for (const item of following) {
    if (isFiller(item)) continue;
    const key = keyOf(item);
    if (inLeading.has(key)) {
      const found = merged.findIndex((other) => !isFiller(other) && keyOf(other) === key);
      if (found !== -1) place = found + 1;
    } else if (!inBase.has(key)) {
      merged.splice(place, 0, item);
      place++;
    }
  }
  return merged;
}
