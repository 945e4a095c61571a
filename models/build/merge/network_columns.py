"""What the network says, as further columns of the table; the same as classify.ts, which a test of the whole folder checks."""

import numpy as np

from .records import Records
from .train_encoder import pattern_columns

LEAST = -12.0


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities over the last dimension."""
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def names_of(records: Records) -> list[str]:
    """Names of the columns that columns_of gives."""
    ways, _ = records.ways()
    return ['network.own', 'network.ownPattern', 'network.ownToBest'] + [f'network.{way}' for way in ways]


def columns_of(records: Records, patterns: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """float32 [rows, columns]; patterns and ways are the network's logits, [hunks, ...]."""
    names, came = records.ways()
    log_ways = np.maximum(log_softmax(ways.astype(np.float64)), -700)
    log_patterns = np.maximum(log_softmax(patterns.astype(np.float64)), -700)
    hunk = np.repeat(np.arange(len(records.hunks)), records.sizes)
    own = _log_of_sum(log_ways[hunk], came)
    own_pattern = _log_of_sum(log_patterns[hunk], came[:, pattern_columns(names)])
    best = np.maximum.reduceat(own, records.starts)
    ahead = own - best[hunk]
    return np.column_stack([own, own_pattern, ahead, np.maximum(log_ways, LEAST)[hunk]]).astype(np.float32)


def _log_of_sum(logs: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    with np.errstate(divide='ignore'):
        return np.maximum(np.log((np.exp(logs) * chosen).sum(-1)), LEAST)
