"""What the controller's odds are worth on lines that it was not trained on: recalibration, thresholds, certificate.

Recalibration: Platt's line on the log-odds at a line's end, with an offset for each language that is drawn to the common one.
Certificate: Learn Then Test (Angelopoulos et al. 2021) with fixed-sequence testing from strict to loose thresholds, and exact
binomial p-values. A line counts as lost where the full model is right and any of its tokens leaves with another one.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import binom
from sklearn.metrics import roc_auc_score

from .controller_data import Data

LANGUAGES = ('typescript', 'javascript', 'python', 'java', 'csharp', 'go')
LOSS, DELTA = 0.01, 0.05
# Shares of the right lines that a word of the setting keeps, at a line's end and of those before it.
KEPT, KEPT_BEFORE_END = {'eager': 0.99, 'balanced': 0.95, 'quiet': 0.75}, 0.97


def recalibrate_probability(data: Data, odds: np.ndarray, name: str) -> dict:
    """Slope and offset by language, and the thresholds of the setting's words."""
    ends = np.array([end - 1 for _, end in data.spans])
    scores, right = odds[ends, -1, 1].astype(np.float64), data.right.numpy().astype(np.float64)
    language = np.array([LANGUAGES.index(line['language']) for line in data.lines])

    def loss(values: np.ndarray) -> float:
        logits = values[0] * scores + values[1] + values[2:][language]
        return float(np.logaddexp(0, np.where(right == 1, -logits, logits)).sum() + 4 * (values[2:] ** 2).sum())

    fitted = minimize(loss, np.array([1.0, 0.0, *np.zeros(len(LANGUAGES))])).x
    lines = [{'slope': fitted[0], 'offset': fitted[1] + by_language} for by_language in [*fitted[2:], 0.0]]
    probability = [
        1 / (1 + np.exp(-(fitted[0] * odds[start:end, -1, 1] + fitted[1] + fitted[2:][at])))
        for (start, end), at in zip(data.spans, language, strict=True)
    ]
    last = np.array([p[-1] for p in probability])
    before = np.array([_least_before_end(p, line) for p, line in zip(probability, data.lines, strict=True)])
    is_right = right == 1
    thresholds = {}
    for word, share in KEPT.items():
        shown, early_stop = threshold_of(share, last, before, is_right)
        thresholds[word] = {'shown': round(shown, 5), 'goOn': round(early_stop, 5)}
        stops = [_tokens_until(p, line, early_stop) for p, line in zip(probability, data.lines, strict=True)]
        saved = 1 - sum(stops) / sum(len(p) for p in probability)
        visible = (last >= shown) & (before >= early_stop)
        shares = {'shown': visible, 'right of shown': right[visible], 'right kept': visible[is_right]}
        print(word, thresholds[word], 'tokens spared', round(saved, 4))
        print(' ', *(f'{name} {of.mean():.4f}' for name, of in shares.items()))
    dropped = (last[~is_right] < thresholds['balanced']['shown']).mean()
    print('AUC', roc_auc_score(right, last), 'wrong lines dropped where 95 % of the right ones are kept', dropped)
    return {'languages': lines, 'thresholds': thresholds, 'n': len(ends), 'data': name}


def threshold_of(share: float, last: np.ndarray, before: np.ndarray, is_right: np.ndarray) -> tuple[float, float]:
    """From which probability on a line is shown, and below which it is stopped early.

    share: of the right lines that are to be shown. last, before: probability [lines] at the end, and the least of those
    before it. is_right: bool [lines].
    """
    shown = float(np.quantile(last[is_right], 1 - share))
    kept = is_right & (last >= shown)
    return shown, min(shown, float(np.quantile(before[kept], 1 - KEPT_BEFORE_END)))


def _least_before_end(probability: np.ndarray, line: dict) -> float:
    free = [p for p, token in zip(probability[:-1], line['tokens'][:-1], strict=True) if token['forced'] == 0]
    return min(free, default=1.0)


def _tokens_until(probability: np.ndarray, line: dict, threshold: float) -> int:
    """Tokens that are computed when decoding stops below a threshold."""
    for i, (p, token) in enumerate(zip(probability, line['tokens'], strict=True)):
        if token['forced'] == 0 and p < threshold:
            return i + 1
    return len(probability)


def certify(data: Data, odds: np.ndarray, layers: list[int], name: str) -> dict:
    """The loosest threshold up to which each stricter one kept the loss below LOSS with confidence 1 - DELTA."""
    full = layers[-1] + 2 if data.choices.shape[1] > len(layers) else layers[-1]
    agree = (data.choices == data.choices[:, -1:]).numpy()
    forced = np.array([token['forced'] > 0 for line in data.lines for token in line['tokens']])
    best = None
    for threshold in np.arange(9, -1, -0.1):
        leaves = (odds[:, :-1, 0] >= threshold) & ~forced[:, None]
        # The first token comes out of the prompt's pass, which goes through all layers.
        for start, _ in data.spans:
            leaves[start] = False
        first = np.where(leaves.any(1), leaves.argmax(1), len(layers))
        same = np.where(first < len(layers), agree[np.arange(len(first)), first], True)
        changed = np.array([not same[start:end].all() for start, end in data.spans])
        lost = int((changed & (data.right.numpy() == 1)).sum())
        depth = np.array([*layers, full])[first].mean()
        p_value = binom.cdf(lost, len(data.spans), LOSS)
        print(
            f'{threshold:.1f}: {depth:.2f} layers, {lost} lost, {changed.mean():.4f} changed, '
            f'{(~same).mean():.5f} of tokens, p {p_value:.4f}'
        )
        if p_value > DELTA:
            break
        best = (float(threshold), lost, float(depth))
    if best is None:
        raise SystemExit('No threshold can be certified on these lines.')
    threshold, lost, depth = best
    n = len(data.spans)
    bound = float(next(p for p in np.arange(0, 1, 0.0001) if binom.cdf(lost, n, p) <= DELTA))
    return {
        'thresholds': [round(threshold, 4)] * len(layers),
        'loss': LOSS,
        'delta': DELTA,
        'bound': round(bound, 4),
        'n': n,
        'lost': lost,
        'layersPerToken': depth,
        'data': name,
    }
