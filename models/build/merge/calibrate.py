"""From probabilities to confidence, and what may be promised of it, on repositories that nothing was trained on."""

import numpy as np
from scipy.stats import beta
from sklearn.isotonic import IsotonicRegression

# The confidences for which a promise is made; delta is shared among them, so that all hold at once.
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
DELTA = 0.05
POINTS = 24


def fit_line(probabilities: np.ndarray, is_right: np.ndarray, weights: np.ndarray) -> list[list[float]]:
    """A rising line through a few points, from 0 to 1: isotonic regression, averaged over stretches of equal weight and
    drawn a little towards the diagonal at the ends, where few answers are."""
    order = np.argsort(probabilities, kind='stable')
    p, y, w = probabilities[order], is_right[order].astype(float), weights[order]
    edges = np.searchsorted(np.cumsum(w) / w.sum(), np.linspace(0, 1, POINTS + 1)[1:-1])
    groups = np.split(np.arange(len(p)), edges)
    groups = [group for group in groups if len(group) > 0]
    x = np.array([np.average(p[group], weights=w[group]) for group in groups])
    # A handful of answers at the probability itself keeps a stretch of luck from promising everything.
    prior = 20.0
    total = np.array([w[group].sum() for group in groups])
    mean = np.array([(np.sum(w[group] * y[group]) + prior * at) / (w[group].sum() + prior) for group, at in zip(groups, x)])
    rising = IsotonicRegression(y_min=0.0, y_max=1.0).fit(x, mean, sample_weight=total)
    line = [[0.0, 0.0]]
    for at in x:
        value = float(np.clip(rising.predict([at])[0], 0, 0.995))
        if at > line[-1][0] + 1e-6:
            # Strictly rising, so that the order of candidates stays.
            line.append([float(at), max(value, line[-1][1] + 1e-6)])
    if line[-1][0] < 1:
        line.append([1.0, max(0.995, line[-1][1])])
    return line


def apply_line(line: list[list[float]], probabilities: np.ndarray) -> np.ndarray:
    points = np.array(line)
    return np.interp(probabilities, points[:, 0], points[:, 1])


def promises(confidence: np.ndarray, is_right: np.ndarray) -> list[dict]:
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
