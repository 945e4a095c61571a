// What calibrations count: lines or places, which come in clusters, and the errors among them at each threshold or level.

import { groupBy } from '../../common/groupBy.js';
import { designEffect } from './designEffect.js';

/** The items of each repository, or of each file where all are of one repository. */
export function clustersOf<T extends { readonly repository: string; readonly path: string }>(
  items: readonly T[],
): readonly (readonly T[])[] {
  const repositories = groupBy(items, ({ repository }) => repository);
  return [...(repositories.size > 1 ? repositories : groupBy(items, ({ path }) => path)).values()];
}

/** By threshold or level. */
export interface CountsAcross {
  readonly items: number[];
  readonly errors: number[];
  readonly designEffects: number[];
}

/**
 * Counts items; their design effects are rounded up to hundredths, as files keep them.
 * @param isError undefined where the item does not count
 */
export function countItems<T>(
  clusters: readonly (readonly T[])[],
  places: readonly number[],
  isError: (item: T, index: number) => boolean | undefined,
): CountsAcross {
  const counts = countAcross(places, (index) =>
    clusters.map((items) => {
      const found = items.flatMap((item) => isError(item, index) ?? []);
      return { n: found.length, errors: found.filter((error) => error).length };
    }),
  );
  return { ...counts, designEffects: counts.designEffects.map((effect) => Math.ceil(100 * effect) / 100) };
}

/** Adds what was counted in each cluster already. */
export function countAcross(
  places: readonly number[],
  clustersAt: (index: number) => readonly { readonly n: number; readonly errors: number }[],
): CountsAcross {
  const cells = places.map((_, index) => clustersAt(index));
  return {
    items: cells.map((clusters) => clusters.reduce((sum, { n }) => sum + n, 0)),
    errors: cells.map((clusters) => clusters.reduce((sum, { errors }) => sum + errors, 0)),
    designEffects: cells.map(designEffect),
  };
}
