// How often something may go wrong, judged from how often it did: exact binomial tails (Clopper and Pearson). Whoever
// promises a share of right answers takes it from here; that the trials are independent is for them to see to.

/**
 * The probability of at most `misses` misses in `trials` trials that miss with probability `rate` each, summed in log
 * space so that thousands of trials neither overflow nor vanish.
 */
export function binomialTail(trials: number, misses: number, rate: number): number {
  if (misses < 0) return 0;
  if (misses >= trials || rate <= 0) return 1;
  if (rate >= 1) return 0;
  const logOdds = Math.log(rate) - Math.log1p(-rate);
  /** log C(trials, h) + h log rate + (trials - h) log(1 - rate), for h = 0. */
  let term = trials * Math.log1p(-rate);
  let sum = term;
  for (let h = 1; h <= misses; h++) {
    term += Math.log(trials - h + 1) - Math.log(h) + logOdds;
    sum = Math.max(sum, term) + Math.log1p(Math.exp(-Math.abs(sum - term)));
  }
  return Math.min(1, Math.exp(sum));
}

/**
 * The largest number k of misses in `trials` that still shows, with confidence 1 - delta, a rate of at most epsilon;
 * undefined where not even none would: (1 - epsilon)^trials > delta.
 */
export function allowedMisses(trials: number, epsilon: number, delta: number): number | undefined {
  if (binomialTail(trials, 0, epsilon) > delta) return undefined;
  // The tail grows with the number of misses, so that the border is found by halving.
  let valid = 0;
  let invalid = trials;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (binomialTail(trials, middle, epsilon) <= delta) valid = middle;
    else invalid = middle;
  }
  return valid;
}

/** The smallest rate that `misses` of `trials` rule out to be exceeded, with confidence 1 - delta; 1 without trials. */
export function missRateBound(trials: number, misses: number, delta: number): number {
  if (misses >= trials) return 1;
  // The tail falls as the rate grows. 60 halvings are more than a double can tell apart.
  let low = misses / trials;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (binomialTail(trials, misses, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}
