// What a share of errors in some repositories guarantees for others. Lines of one repository resemble each other, so they tell
// less than as many independent ones: how much less is measured (the design effect), and the binomial tail is taken of the
// number of independent lines that they are worth (Korn and Graubard 1998). A guarantee about as many lines that nobody has
// measured has to reckon with theirs varying as much again: that doubles the variance.

import { binomialTail, leastEpsilon, leastItems } from './bound.js';

/** Errors among items that come in clusters: repositories, or the files of a single one. */
export interface ClusteredErrors {
  readonly n: number;
  readonly errors: number;
  readonly clusters: number;
  /** What `designEffect` gave for them. */
  readonly designEffect: number;
}

/**
 * What the guarantee is about: the share of errors that there would be in the long run, over more and more clusters; or the
 * share in another sample of as many lines and clusters, whose difference from the measured one varies twice as much.
 */
export type GuaranteedShare = 'longRun' | 'asMany';

const variances: Readonly<Record<GuaranteedShare, number>> = { longRun: 1, asMany: 2 };

/**
 * The variance of a share of errors over clusters, as a multiple of that of independent items (the ratio estimator of survey
 * sampling); at least 1, since clusters that look alike may do so by chance.
 */
export function designEffect(clusters: readonly { readonly n: number; readonly errors: number }[]): number {
  const n = clusters.reduce((sum, cluster) => sum + cluster.n, 0);
  const errors = clusters.reduce((sum, cluster) => sum + cluster.errors, 0);
  if (clusters.length < 2 || errors === 0 || errors === n) return 1;
  const share = errors / n;
  const squares = clusters.reduce((sum, cluster) => sum + (cluster.errors - share * cluster.n) ** 2, 0);
  return Math.max(1, ((clusters.length / (clusters.length - 1)) * squares) / (n * share * (1 - share)));
}

/** The p-value of "the share of errors is more than ε", for a test at δ. */
export function tailAcross(
  { n, errors, clusters, designEffect }: ClusteredErrors,
  epsilon: number,
  delta: number,
  guaranteed: GuaranteedShare,
): number {
  const divisor = designEffect * divisorFor(n, clusters, delta, guaranteed);
  return tailBetween(errors / divisor, Math.floor(n / divisor), epsilon);
}

/** How many items are needed at least to show ε, if there is no error among them; n items are at hand. */
export function itemsNeeded(
  { n, clusters }: Pick<ClusteredErrors, 'n' | 'clusters'>,
  epsilon: number,
  delta: number,
  guaranteed: GuaranteedShare,
): number {
  return Math.ceil(divisorFor(n, clusters, delta, guaranteed) * leastItems(epsilon, delta));
}

/** The least ε that n items can show. */
export function epsilonAchievable(
  { n, clusters }: Pick<ClusteredErrors, 'n' | 'clusters'>,
  delta: number,
  guaranteed: GuaranteedShare,
): number {
  return leastEpsilon(Math.floor(n / divisorFor(n, clusters, delta, guaranteed)), delta);
}

/** With few clusters the design effect is uncertain itself: Student's t has so many degrees of freedom, and no more. */
function divisorFor(n: number, clusters: number, delta: number, guaranteed: GuaranteedShare): number {
  const variance = variances[guaranteed];
  if (clusters < 2 || n <= clusters) return variance;
  return variance * (studentQuantile(delta, clusters - 1) / studentQuantile(delta, n - 1)) ** 2;
}

/** The binomial tail; between whole numbers of errors its logarithm is interpolated. */
function tailBetween(errors: number, n: number, epsilon: number): number {
  const whole = Math.floor(errors);
  const below = binomialTail(whole, n, epsilon);
  if (whole === errors || n === 0) return below;
  return below ** (1 - (errors - whole)) * binomialTail(whole + 1, n, epsilon) ** (errors - whole);
}

const quantiles = new Map<string, number>();

/** The t that Student's distribution exceeds with probability δ < 1/2. */
export function studentQuantile(delta: number, degrees: number): number {
  const key = `${delta} ${degrees}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  let [low, high] = [0, 1];
  while (studentTail(high, degrees) > delta && high < 1e6) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degrees) > delta) low = middle;
    else high = middle;
  }
  quantiles.set(key, high);
  return high;
}

/** P[T > t], by the finite series for whole degrees of freedom. */
function studentTail(t: number, degrees: number): number {
  const angle = Math.atan2(t, Math.sqrt(degrees));
  const square = Math.cos(angle) ** 2;
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = isOdd && degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (square * (k - 1)) / k;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 - within) / 2;
}
