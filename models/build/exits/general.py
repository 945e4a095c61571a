"""Trains the general controller: how likely a line is right, from signals alone, for models without a controller of their own.

usage: python -m models.build.exits.general --train FILE... [--other FILE...] --out models/general/controller.json

FILE is what `lacuna record-general` wrote, --train of the model that ships, --other of further models, for figures alone. The
signals of a logistic regression and its strength are chosen by cross-validation over repositories, by the loss at a line's end;
boosted trees stand beside it for comparison. Its odds are recalibrated on what is held out in turn, and the thresholds of the
setting's words are taken from there too. The file holds numbers for server/src/model/exits/general.ts, and a mark, so that what
was measured with another controller is not used.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import lightgbm
import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from .certificate import KEPT, threshold_of

FORMAT = 1
ROOT = Path(__file__).parents[3]
FOLDS, SEED, BINS = 6, 3, 15
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3)
ROUNDS = (60, 120, 200)
# Signals of the place and of the language: of few repositories they learn which one it is.
PLACE = (
    'prefixLength',
    'indentation',
    'previousIsBlank',
    'endsFile',
    'isForced',
    'inQuotes',
    'depth',
    'agrees',
    'language',
)
TREES = {'objective': 'binary', 'num_leaves': 6, 'learning_rate': 0.05, 'min_data_in_leaf': 100, 'lambda_l2': 10.0}

Odds = Callable[[np.ndarray], np.ndarray]


@dataclass
class Lines:
    """Recorded lines: signals [tokens, signals] of all of them, and of each its tokens' span, repository and outcome."""

    signals: np.ndarray
    forced: np.ndarray
    spans: list[tuple[int, int]]
    right: np.ndarray
    repositories: np.ndarray
    plain: np.ndarray
    own: np.ndarray

    @property
    def ends(self) -> np.ndarray:
        """The last token of each line."""
        return np.array([end - 1 for _, end in self.spans])

    def rows_of(self, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Tokens of lines, whether their line is right, and their weight: lines count alike, their ends as much as the rest."""
        tokens = np.concatenate([np.arange(*self.spans[line]) for line in lines])
        lengths = [self.spans[line][1] - self.spans[line][0] for line in lines]
        weights = np.concatenate([[1 / n] * (n - 1) + [1 + 1 / n] for n in lengths])
        return tokens, np.repeat(self.right[lines], lengths), weights


def read_lines(files: list[Path], count: int) -> Lines:
    """Lines of recordings, with the first `count` signals: those that every model has."""
    read = [json.loads(line) for file in files for line in file.read_text(encoding='utf-8').splitlines()]
    read = [line for line in read if line['tokens']]
    ends = np.cumsum([len(line['tokens']) for line in read])
    tokens = [token for line in read for token in line['tokens']]
    return Lines(
        np.array([token['signals'][:count] for token in tokens]),
        np.array([token['end'] == 0 for token in tokens]),
        list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True)),
        np.array([float(line['right']) for line in read]),
        np.array([line['repo'] for line in read]),
        np.array([line['logProbability'] for line in read]),
        np.array([line['probability'] for line in read]),
    )


@dataclass
class Regression:
    """Log-odds = weights · (signals - centres) / scales + bias."""

    centres: np.ndarray
    scales: np.ndarray
    weights: np.ndarray
    bias: float

    def odds(self, signals: np.ndarray) -> np.ndarray:
        """Log-odds of each row."""
        return ((signals - self.centres) / self.scales) @ self.weights + self.bias

    def export(self) -> dict:
        """As the product reads it, with as many digits as matter."""
        names = ('centres', 'scales', 'weights')
        values = {name: [float(f'{value:.6g}') for value in getattr(self, name)] for name in names}
        return values | {'bias': float(f'{self.bias:.6g}')}


def fit_regression(lines: Lines, chosen: np.ndarray, strength: float, used: np.ndarray) -> Regression:
    """Logistic regression, its weights drawn to none; signals that hardly vary are not blown up, those not used weigh nothing."""
    tokens, right, row_weights = lines.rows_of(chosen)
    signals = lines.signals[tokens]
    centres, scales = signals.mean(0), np.maximum(signals.std(0), 0.2)
    fitted = LogisticRegression(C=strength, max_iter=3000)
    fitted.fit(((signals - centres) / scales)[:, used], right, sample_weight=row_weights)
    weights = np.zeros(len(used))
    weights[used] = fitted.coef_[0]
    return Regression(centres, scales, weights, float(fitted.intercept_[0]))


def fit_trees(lines: Lines, chosen: np.ndarray, rounds: int, used: np.ndarray) -> Odds:
    """Boosted trees, for comparison."""
    tokens, right, weights = lines.rows_of(chosen)
    rows = lightgbm.Dataset(lines.signals[tokens][:, used], right, weight=weights)
    settings = TREES | {'seed': SEED, 'deterministic': True, 'num_threads': 1, 'verbose': -1}
    booster = lightgbm.train(settings, rows, rounds)
    return lambda signals: np.asarray(booster.predict(signals[:, used], raw_score=True, num_threads=1))


def crossed(lines: Lines, fit: Callable[[np.ndarray], Odds]) -> np.ndarray:
    """Log-odds of all tokens by controllers that had not seen their repository."""
    odds = np.zeros(len(lines.signals))
    folds = min(FOLDS, len(set(lines.repositories)))
    for training, rest in GroupKFold(folds).split(lines.right, groups=lines.repositories):
        model = fit(training)
        tokens = np.concatenate([np.arange(*lines.spans[line]) for line in rest])
        odds[tokens] = model(lines.signals[tokens])
    return odds


def platt(odds: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and offset that make log-odds right."""

    def loss(values: np.ndarray) -> float:
        logits = values[0] * odds + values[1]
        return float(np.logaddexp(0, np.where(right == 1, -logits, logits)).sum())

    slope, offset = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(offset)


def thresholds_of(lines: Lines, odds: np.ndarray) -> dict[str, dict[str, float]]:
    """Of the probability, for each word of the setting, as in certificate.py."""
    probability = 1 / (1 + np.exp(-odds))
    is_right = lines.right == 1
    last = probability[lines.ends]
    before = np.array([_least_before_end(probability, lines, span) for span in lines.spans])
    found = {}
    for word, share in KEPT.items():
        shown, early = threshold_of(share, last, before, is_right)
        found[word] = {'shown': round(shown, 5), 'earlyStopBelow': round(early, 5)}
    return found


def _least_before_end(probability: np.ndarray, lines: Lines, span: tuple[int, int]) -> float:
    tokens = np.arange(span[0], span[1] - 1)
    free = probability[tokens[~lines.forced[tokens]]]
    return float(free.min()) if len(free) else 1.0


def figures(probability: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Area under the curve, expected calibration error, and mean loss of probabilities."""
    clipped = np.clip(probability, 1e-6, 1 - 1e-6)
    loss = -np.where(right == 1, np.log(clipped), np.log(1 - clipped)).mean()
    area = roc_auc_score(right, probability) if 0 < right.mean() < 1 else float('nan')
    return {
        'auc': round(area, 4),
        'ece': round(calibration_error(probability, right), 4),
        'loss': round(float(loss), 4),
    }


def calibration_error(probability: np.ndarray, right: np.ndarray) -> float:
    """Over bins of equal width, as server/src/measure/statistics.ts has it."""
    bins = np.minimum(BINS - 1, (probability * BINS).astype(int))
    gaps = [abs(probability[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)]
    return float(sum(gaps) / len(right))


def train(lines: Lines, names: list[str]) -> dict:
    """The controller's file: the regression that does best on repositories that it has not seen."""
    every = np.ones(len(names), bool)
    best, least = (every, STRENGTHS[0], np.zeros(0)), np.inf
    for said, used in (('all signals', every), ('without place', np.array([not n.startswith(PLACE) for n in names]))):
        for strength in STRENGTHS:
            odds = crossed(lines, partial(_regression_odds, lines, strength, used))
            found = figures(_sigmoid(odds[lines.ends]), lines.right)
            print(said, 'regression', strength, found)
            if found['loss'] < least:
                best, least = (used, strength, odds), found['loss']
        for rounds in ROUNDS:
            odds = crossed(lines, partial(_trees_odds, lines, rounds, used))
            print(said, 'trees', rounds, figures(_sigmoid(odds[lines.ends]), lines.right))
    used, strength, odds = best
    slope, offset = platt(odds[lines.ends], lines.right)
    own = figures(_sigmoid(slope * odds[lines.ends] + offset), lines.right)
    print('chosen', int(used.sum()), 'signals', strength, 'recalibrated', slope, offset, own)
    fitted = fit_regression(lines, np.arange(len(lines.right)), strength, used)
    fitted.weights, fitted.bias = fitted.weights * slope, fitted.bias * slope + offset
    body = {'signals': names, **fitted.export(), 'thresholds': thresholds_of(lines, slope * odds + offset)}
    mark = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
    return {'format': FORMAT, 'mark': mark, **body}


def _regression_odds(lines: Lines, strength: float, used: np.ndarray, chosen: np.ndarray) -> Odds:
    return fit_regression(lines, chosen, strength, used).odds


def _trees_odds(lines: Lines, rounds: int, used: np.ndarray, chosen: np.ndarray) -> Odds:
    return fit_trees(lines, chosen, rounds, used)


def odds_of(controller: dict, signals: np.ndarray) -> np.ndarray:
    """What the controller of a file says."""
    centres, scales, weights = (np.array(controller[name]) for name in ('centres', 'scales', 'weights'))
    return Regression(centres, scales, weights, controller['bias']).odds(signals)


def _sigmoid(odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-odds))


def describe(name: str, lines: Lines, controller: dict) -> None:
    """Prints figures of lines that the controller has not learned: its own, the model's, and those of the plain product."""
    odds, right = odds_of(controller, lines.signals)[lines.ends], lines.right
    print(
        name, len(right), 'lines', len(set(lines.repositories)), 'repositories', round(float(right.mean()), 4), 'right'
    )
    print('  general', figures(_sigmoid(odds), right))
    print('  of the recording', figures(lines.own, right))
    print('  product of probabilities', figures(np.exp(lines.plain), right))
    recalibrated = np.zeros(len(right))
    for training, rest in GroupKFold(min(FOLDS, len(set(lines.repositories)))).split(right, groups=lines.repositories):
        slope, offset = platt(odds[training], right[training])
        recalibrated[rest] = _sigmoid(slope * odds[rest] + offset)
    print('  recalibrated on the other repositories', figures(recalibrated, right))


def main() -> None:
    """Trains, and writes the controller."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--train', type=Path, nargs='+', required=True)
    parser.add_argument('--other', type=Path, nargs='*', default=[])
    parser.add_argument('--out', type=Path, default=ROOT / 'models/general/controller.json')
    options = parser.parse_args()
    names = json.loads((ROOT / 'models/general/controller.json').read_text(encoding='utf-8'))['signals']
    lines = read_lines(options.train, len(names))
    print(len(lines.right), 'lines of', len(set(lines.repositories)), 'repositories,', lines.right.mean(), 'right')
    controller = train(lines, names)
    options.out.write_text(json.dumps(controller, separators=(',', ':')) + '\n', encoding='utf-8')
    for file in options.other:
        describe(file.stem, read_lines([file], len(names)), controller)


if __name__ == '__main__':
    main()
