// The threshold that fits the user: suggestions are shown from the probability on at which this user has kept enough of
// them. What was never shown is not known, so the threshold can only rise above the model's own, and comes down again with it.

import { TENTHS, type Tenth } from './statisticsData.js';

/** With fewer suggestions than this, chance would decide. */
export const LEAST_SHOWN = 200;

/** The share of shown suggestions that is worth the glance, by the word of `lacuna.certainty`. */
const worthIt: Readonly<Record<string, number>> = { eager: 0.1, balanced: 0.2, quiet: 0.35 };

export type OwnThreshold =
  | { readonly kind: 'tooFew'; readonly shown: number }
  /** Suggestions are shown from this probability (0-1) on. */
  | { readonly kind: 'measured'; readonly probability: number };

export function ownThreshold(tenths: readonly Tenth[], certainty: string): OwnThreshold {
  const shown = tenths.reduce((sum, tenth) => sum + tenth.shown, 0);
  if (shown < LEAST_SHOWN) return { kind: 'tooFew', shown };
  const rates = risingRates(tenths);
  const target = worthIt[certainty] ?? worthIt['balanced']!;
  const found = rates.findIndex((rate) => rate >= target);
  return { kind: 'measured', probability: (found === -1 ? TENTHS - 1 : found) / TENTHS };
}

/**
 * The shares that were kept, made to rise with the probability by pooling neighbours that do not (isotonic regression). A
 * class in which nothing was shown belongs to the one above it.
 */
export function risingRates(tenths: readonly Tenth[]): number[] {
  const pools: { shown: number; kept: number; classes: number }[] = [];
  for (const { shown, kept } of tenths) {
    pools.push({ shown, kept, classes: 1 });
    while (pools.length > 1 && (isEmpty(pools.at(-2)!) || rate(pools.at(-2)!) > rate(pools.at(-1)!))) {
      const last = pools.pop()!;
      const before = pools.at(-1)!;
      before.shown += last.shown;
      before.kept += last.kept;
      before.classes += last.classes;
    }
  }
  return pools.flatMap((pool) => Array.from({ length: pool.classes }, () => rate(pool)));
}

function isEmpty({ shown }: { readonly shown: number }): boolean {
  return shown === 0;
}

function rate({ shown, kept }: { readonly shown: number; readonly kept: number }): number {
  return shown === 0 ? 0 : kept / shown;
}
