// How many errors a calibration may show, so that with confidence 1-δ the share of errors is at most ε: the tail of the
// binomial distribution, summed exactly in logarithms. Symbols as in the paper: n items, k errors. That the items are
// independent is for the callers to see to.

/**
 * P[X ≤ k] for X binomial with n trials of probability p: the exact p-value of "the share of errors is more than p" after k
 * errors in n items. Summed in logarithms, so that thousands of items neither overflow nor vanish.
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const logOdds = Math.log(p) - Math.log1p(-p);
  /** ln C(n, h) + h ln p + (n - h) ln(1 - p), for h = 0. */
  let term = n * Math.log1p(-p);
  let sum = term;
  for (let h = 1; h <= k; h++) {
    term += Math.log(n - h + 1) - Math.log(h) + logOdds;
    sum = Math.max(sum, term) + Math.log1p(Math.exp(-Math.abs(sum - term)));
  }
  return Math.min(1, Math.exp(sum));
}

/** The least n for which no error at all is enough: (1-ε)^n ≤ δ. */
export function leastItems(epsilon: number, delta: number): number {
  return Math.max(1, Math.ceil(Math.log(delta) / Math.log1p(-epsilon) - 1e-9));
}

/** The least ε that n items can show with no error at all. */
export function leastEpsilon(n: number, delta: number): number {
  return n === 0 ? 1 : -Math.expm1(Math.log(delta) / n);
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
