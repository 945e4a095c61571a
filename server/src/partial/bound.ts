// How many errors a calibration may show, so that with confidence 1-δ the share of errors is at most ε: the tail of the
// binomial distribution, summed exactly in logarithms. Symbols as in the paper: n items, k errors.

import { binomialTail as tailOf, missRateBound } from '../common/binomialBound.js';

/** ln n!, exact to the last digits: a table, continued as far as it is asked. */
const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]!;
}

/** ln P[X = k] for X binomial with n trials of probability p. */
export function logBinomial(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return -Infinity;
  if (p <= 0) return k === 0 ? 0 : -Infinity;
  if (p >= 1) return k === n ? 0 : -Infinity;
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/** P[X ≤ k]: the exact p-value of "the share of errors is more than p" after k errors in n items. */
export function binomialTail(k: number, n: number, p: number): number {
  return tailOf(n, k, p);
}

/** k(n, ε, δ): the most errors with P[X ≤ k] ≤ δ; undefined where not even none is few enough. */
export function allowedErrors(n: number, epsilon: number, delta: number): number | undefined {
  const limit = Math.log(delta);
  let sum = -Infinity;
  let allowed: number | undefined;
  for (let k = 0; k <= n; k++) {
    sum = addLogs(sum, logBinomial(k, n, epsilon));
    // Sums of thousands of terms are off in the last digits; what is equal but for them is equal.
    if (sum > limit + 1e-12) break;
    allowed = k;
  }
  return allowed;
}

/** The least n for which no error at all is enough: (1-ε)^n ≤ δ. */
export function leastItems(epsilon: number, delta: number): number {
  return Math.max(1, Math.ceil(Math.log(delta) / Math.log1p(-epsilon) - 1e-9));
}

/** The least ε that n items can show with no error at all. */
export function leastEpsilon(n: number, delta: number): number {
  return n === 0 ? 1 : -Math.expm1(Math.log(delta) / n);
}

/** Clopper and Pearson's upper limit of the share of errors at confidence 1-δ: the p with P[X ≤ k] = δ. */
export function upperLimit(k: number, n: number, delta: number): number {
  return missRateBound(n, k, delta);
}

/**
 * Hoeffding and Bentkus' p-value of "the expected loss is more than ε", for losses between 0 and 1 whose mean over n items
 * is `loss`: valid also where a loss is a share, which the binomial tail is not (Angelopoulos et al. 2021).
 */
export function hoeffdingBentkus(loss: number, n: number, epsilon: number): number {
  const least = Math.min(loss, epsilon);
  const hoeffding = Math.exp(-n * relativeEntropy(least, epsilon));
  const bentkus = Math.E * binomialTail(Math.ceil(n * loss - 1e-9), n, epsilon);
  return Math.min(1, hoeffding, bentkus);
}

function relativeEntropy(a: number, b: number): number {
  const term = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y));
  return term(a, b) + term(1 - a, 1 - b);
}

/**
 * Learn-Then-Test with fixed-sequence testing: hypotheses are tested in an order that was fixed beforehand, the safest
 * first, each at δ, up to the first that cannot be rejected. Nothing is assumed of how the errors change along the way.
 * @returns the last index that is certified; undefined when the first one is not
 */
export function lastCertified(pValues: readonly number[], delta: number): number | undefined {
  const failing = pValues.findIndex((value) => !(value <= delta));
  const certified = failing === -1 ? pValues.length : failing;
  return certified === 0 ? undefined : certified - 1;
}

function addLogs(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}
