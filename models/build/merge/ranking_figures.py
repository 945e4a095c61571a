"""The figures of a ranking: how often the first, or one of the first three, is right, and how far to trust it."""

import numpy as np


def rank_of_right(probabilities: np.ndarray, sizes: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The place of the right candidate among the candidates, from 0; a large number where no candidate is right."""
    places = np.full(len(sizes), 10**6)
    start = 0
    for i, (size, at) in enumerate(zip(sizes, right, strict=True)):
        if at < size - 1:
            p = probabilities[start : start + size - 1]
            # Ties go to the earlier candidate, as a stable sort does.
            places[i] = int((p > p[at]).sum() + (p[:at] == p[at]).sum())
        start += size
    return places


def top_confidence(probabilities: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The probability of each hunk's best candidate."""
    out = np.zeros(len(sizes))
    start = 0
    for i, size in enumerate(sizes):
        if size > 1:
            out[i] = probabilities[start : start + size - 1].max()
        start += size
    return out


def calibration_error(confidence: np.ndarray, is_right: np.ndarray, bins: int = 15) -> float:
    """ECE over bins of equal width."""
    at = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = at == b
        if chosen.any():
            error += chosen.mean() * abs(confidence[chosen].mean() - is_right[chosen].mean())
    return float(error)


def figures(
    probabilities: np.ndarray, sizes: np.ndarray, right: np.ndarray, confidence: np.ndarray | None = None
) -> dict:
    """confidence: that of the first answers, where it is not their probability."""
    places = rank_of_right(probabilities, sizes, right)
    if confidence is None:
        confidence = top_confidence(probabilities, sizes)
    first = places == 0
    sure = confidence >= 0.9
    return {
        'n': len(sizes),
        'top1': float(first.mean()),
        'top3': float((places < 3).mean()),
        'reachable': float((places < 10**6).mean()),
        'ece': calibration_error(confidence, first),
        'sureShare': float(sure.mean()),
        'sureRight': float(first[sure].mean()) if sure.any() else None,
    }
