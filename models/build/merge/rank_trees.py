"""Boosted trees that choose among the candidates of a hunk: LightGBM with the cross entropy over a hunk's rows.

One of the rows stands for "none of these", so that what the rows get together is a probability and the candidates
need not share all of it."""

from dataclasses import dataclass

import lightgbm
import numpy as np


@dataclass(frozen=True)
class TreeSettings:
    """How the trees that rank are trained."""

    rounds: int = 275
    leaves: int = 31
    rate: float = 0.06
    # One booster for each; their mean errs less than any of them.
    seeds: tuple[int, ...] = (7, 8, 9, 10)


def softmax(scores: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Probabilities of rows within their hunks; the rows of a hunk follow one another."""
    starts = np.cumsum(sizes) - sizes
    shifted = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    return shifted / np.repeat(np.add.reduceat(shifted, starts), sizes)


def train_trees(
    features: np.ndarray,
    sizes: np.ndarray,
    right: np.ndarray,
    weights: np.ndarray,
    settings: TreeSettings,
    columns: list[str],
    seed: int,
) -> lightgbm.Booster:
    """features [rows, columns], hunk after hunk; right: the row of each hunk, counted in the hunk."""
    starts = np.cumsum(sizes) - sizes
    target = np.zeros(len(features))
    target[starts + right] = 1
    row_weights = np.repeat(weights, sizes).astype(np.float64)

    def objective(scores: np.ndarray, _data: lightgbm.Dataset) -> tuple[np.ndarray, np.ndarray]:
        p = softmax(scores, sizes)
        return row_weights * (p - target), row_weights * np.maximum(p * (1 - p), 1e-4)

    parameters = {
        'objective': objective,
        'num_leaves': settings.leaves,
        'learning_rate': settings.rate,
        'min_data_in_leaf': 60,
        'min_sum_hessian_in_leaf': 1.0,
        'lambda_l2': 5.0,
        'feature_fraction': 0.5,
        'bagging_fraction': 1.0,
        'max_bin': 127,
        'num_threads': 1,
        'deterministic': True,
        'force_row_wise': True,
        'seed': seed,
        'verbose': -1,
    }
    data = lightgbm.Dataset(features, label=target, feature_name=columns, free_raw_data=True)
    return lightgbm.train(parameters, data, settings.rounds, callbacks=[_tell])


def _tell(state: lightgbm.callback.CallbackEnv) -> None:
    if (state.iteration + 1) % 50 == 0:
        print(f'trees {state.iteration + 1}/{state.end_iteration}', flush=True)


def score(boosters: list[lightgbm.Booster], features: np.ndarray) -> np.ndarray:
    """The boosters' mean, float64 [rows]: what softmax takes."""
    return np.mean([booster.predict(features, raw_score=True, num_threads=1) for booster in boosters], 0)
