"""From probabilities to confidence, and what is guaranteed of it, on repositories that nothing was trained on."""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import beta

# The confidences for which a guarantee is given; delta is shared among them, so that all hold at once.
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
DELTA = 0.05
POINTS = 40
# No probability is taken for less than this, or for more than one less this.
LEAST = 1e-4
# How strongly the identity is preferred: as so many nats in one of the repositories that the line is fitted on. Of few, a
# line that was fitted without one of them is the likelier for it the nearer it stays to the identity.
PRIOR = 6.6


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    """ln(p / (1 - p)), with p held away from 0 and 1."""
    within = np.clip(probabilities, LEAST, 1 - LEAST)
    return np.log(within) - np.log1p(-within)


def fit_line(
    probabilities: np.ndarray, is_right: np.ndarray, weights: np.ndarray, repositories: int
) -> list[list[float]]:
    """A rising line through a few points, from 0 to 1. The points lie on p -> sigmoid(a logit(p) + b), two numbers fitted
    by likelihood: the trees' probabilities are nearly calibrated, and few repositories are at hand to say where they are
    not, so that anything more supple follows the chance of their choice."""
    x = log_odds(probabilities)

    def loss(ab: np.ndarray) -> float:
        z = ab[0] * x + ab[1]
        likelihood = np.average(np.logaddexp(0, z) - is_right * z, weights=weights)
        return likelihood + PRIOR / repositories * ((ab[0] - 1) ** 2 + ab[1] ** 2)

    a, b = minimize(loss, np.array([1.0, 0.0])).x
    raw = np.linspace(0, 1, POINTS + 1)[1:-1]
    line = [[0.0, 0.0]]
    line += [[float(at), float(1 / (1 + np.exp(-(a * np.log(at / (1 - at)) + b))))] for at in raw]
    return [*line, [1.0, 0.999]]


def apply_line(line: list[list[float]], probabilities: np.ndarray) -> np.ndarray:
    """Confidence for probabilities, between the line's points."""
    points = np.array(line)
    return np.interp(probabilities, points[:, 0], points[:, 1])


def guarantees(confidence: np.ndarray, is_right: np.ndarray) -> list[dict]:
    """At a confidence of at least c, how many are right at least, by the exact binomial tail (Clopper and Pearson)."""
    found = []
    for threshold in THRESHOLDS:
        chosen = confidence >= threshold
        n, wrong = int(chosen.sum()), int((~is_right[chosen]).sum())
        if n == 0 or wrong == n:
            continue
        delta = DELTA / len(THRESHOLDS)
        bound = float(beta.ppf(1 - delta, wrong + 1, n - wrong))
        found.append({'confidence': threshold, 'right': 1 - bound, 'delta': DELTA, 'answers': n})
    return found
