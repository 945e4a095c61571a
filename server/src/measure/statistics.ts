// The few statistics that the reports need. A figure that the data cannot give is undefined, never zero.

import { groupBy } from '../common/groupBy.js';

export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The share (0-1) of the items that are true. */
export function share<T>(items: readonly T[], isTrue: (item: T) => boolean): number | undefined {
  return items.length === 0 ? undefined : items.filter(isTrue).length / items.length;
}

/** The value below which a share (0-1) of the values lies, interpolated linearly between the two nearest. */
export function percentile(values: readonly number[], below: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = below * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? undefined : low + (high - low) * (at - Math.floor(at));
}

export interface Percentiles {
  readonly p50: number | undefined;
  readonly p90: number | undefined;
}

export function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 0.5), p90: percentile(values, 0.9) };
}

/** One evaluated answer: how sure the model was, and whether it was right. */
export interface Scored {
  readonly score: number;
  readonly right: boolean;
}

/** Area under the ROC curve: how often a right answer scores above a wrong one; a tie counts half. */
export function areaUnderCurve(scored: readonly Scored[]): number | undefined {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  const rights = sorted.filter(({ right }) => right).length;
  const wrongs = sorted.length - rights;
  if (rights === 0 || wrongs === 0) return undefined;
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++;
    // Ties share the mean of their ranks, which are 1-based.
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (sorted[i]!.right) rankSum += rank;
    from = to;
  }
  return (rankSum - (rights * (rights + 1)) / 2) / (rights * wrongs);
}

/** The items in bins of equal size, by their probabilities (0-1). */
export function binsOfEqualSize(scored: readonly Scored[], bins = 15): readonly (readonly Scored[])[] {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  return Array.from({ length: bins }, (_, bin) =>
    sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins)),
  );
}

/** The items in bins of equal width. */
export function binsOfEqualWidth(scored: readonly Scored[], bins = 15): readonly (readonly Scored[])[] {
  const found = groupBy(scored, ({ score }) => Math.min(bins - 1, Math.floor(score * bins)));
  return Array.from({ length: bins }, (_, bin) => found.get(bin) ?? []);
}

/**
 * Expected calibration error (ECE) of probabilities (0-1): the distance between mean probability and share of right ones,
 * averaged over the bins, weighted by their sizes.
 */
export function calibrationError(bins: readonly (readonly Scored[])[]): number | undefined {
  return meanOverBins(bins, (bin) => Math.abs(sumOf(bin) - bin.filter(({ right }) => right).length));
}

/**
 * The calibration error that is to be expected by chance where each probability is right and the items are independent: the
 * mean distance of a normal variable from its mean is sqrt(2 / pi) of its standard deviation. Few items make it large.
 */
export function calibrationErrorByChance(bins: readonly (readonly Scored[])[]): number | undefined {
  return meanOverBins(bins, (bin) =>
    Math.sqrt((2 / Math.PI) * bin.reduce((variance, { score }) => variance + score * (1 - score), 0)),
  );
}

function sumOf(bin: readonly Scored[]): number {
  return bin.reduce((sum, { score }) => sum + score, 0);
}

function meanOverBins(
  bins: readonly (readonly Scored[])[],
  errorOf: (bin: readonly Scored[]) => number,
): number | undefined {
  const items = bins.reduce((sum, bin) => sum + bin.length, 0);
  return items === 0 ? undefined : bins.reduce((sum, bin) => sum + errorOf(bin), 0) / items;
}

/** Mean probability and share of right ones in bins of equal width. */
export function reliabilityTable(scored: readonly Scored[], bins: number) {
  return binsOfEqualWidth(scored, bins).map((members, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    n: members.length,
    probability: mean(members.map(({ score }) => score)),
    right: share(members, ({ right }) => right),
  }));
}

/** The highest threshold at or above which at least the given share (0-1) of the right answers score. */
export function thresholdKeeping(scored: readonly Scored[], keptShare: number): number | undefined {
  const rights = scored
    .filter(({ right }) => right)
    .map(({ score }) => score)
    .sort((a, b) => b - a);
  return rights[Math.ceil(keptShare * rights.length) - 1];
}
