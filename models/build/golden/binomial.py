"""Tails of the binomial distribution and bounds by SciPy, for server/src/partial/guarantee/bound.ts."""

from scipy.stats import beta, binom

TRIALS = (1, 7, 60, 1_000, 30_000)
SHARES = (0.001, 0.05, 0.2, 0.5, 0.9)
# Where among all counts a tail ends.
PLACES = (0.0, 0.02, 0.19, 0.5, 0.93, 1.0)
DELTAS = (0.2, 0.1, 0.05, 0.001)


def binomial_tails() -> dict:
    """tails: [k, n, p, P(X <= k)]; leastEpsilons: [n, delta, the share of errors that n items without any exclude]."""
    counts = {(int(place * n), n) for n in TRIALS for place in PLACES}
    tails = [[k, n, p, float(binom.cdf(k, n, p))] for k, n in sorted(counts) for p in SHARES]
    bounds = [[n, delta, float(beta.ppf(1 - delta, 1, n))] for n in TRIALS for delta in DELTAS]
    return {'tails': tails, 'leastEpsilons': bounds}
