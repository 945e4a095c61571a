"""What LightGBM and torch say of rows, for server/src/partial/score/boostedTrees.ts and network.ts.

Small scores are trained here and asked as they are, before their numbers are shortened for the score's file. Of the score that
ships, whose training is not at hand, the numbers in its file are put back into LightGBM and torch.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import torch

from ..holes.network import Inputs, Network, train_network
from ..holes.train_scores import COMMON, PARTS
from ..holes.tree_arrays import export_trees
from .lightgbm_text import booster_of

FEATURES = ['kind', 'sum', 'length', 'language', 'share', 'distance']
CATEGORICAL = ['kind', 'language']
ROWS, ROUNDS, MEMBERS = 40, 25, 2


def small_score() -> dict:
    """A score as score.json holds that of programs, rows, and the log odds of its trees and of its networks."""
    random = np.random.default_rng(17)
    x, y = _examples(random, 900)
    data = lightgbm.Dataset(x, y, feature_name=FEATURES, categorical_feature=CATEGORICAL)
    booster = lightgbm.train(COMMON | PARTS, data, ROUNDS)
    inputs = Inputs(x, FEATURES, CATEGORICAL)
    networks = [train_network(inputs, x, y, np.ones(len(y)), seed) for seed in range(MEMBERS)]
    rows, _ = _examples(random, ROWS)
    # Kinds that training has not shown, and numbers far out of what it has.
    rows[:4, 0], rows[4:8, 3], rows[8:12, 1] = (40, 9, -1e6)
    return {
        'score': {
            'features': FEATURES,
            'trees': export_trees(booster),
            'networks': {'numbers': inputs.export(), 'members': [network.export() for network in networks]},
        },
        'rows': rows.tolist(),
        'trees': _sums(booster, rows),
        'networks': np.mean([network.log_odds(rows) for network in networks], 0).tolist(),
    }


def shipped_scores(file: Path) -> dict:
    """Of score.json: rows for its scores of parts and of programs, and what LightGBM and torch make of them."""
    score = json.loads(file.read_text(encoding='utf-8'))
    found: dict[str, dict] = {}
    for name, seed in (('parts', 1), ('programs', 2)):
        part = score[name]
        rows = _rows_at_splits(part['trees'], len(part['features']), np.random.default_rng(seed))
        found[name] = {'rows': rows.tolist(), 'trees': _sums(booster_of(part['trees'], part['features']), rows)}
    networks = [
        _network_of(score['programs']['networks'], member) for member in score['programs']['networks']['members']
    ]
    rows = np.array(found['programs']['rows'])
    found['programs']['networks'] = np.mean([network.log_odds(rows) for network in networks], 0).tolist()
    return found


def _examples(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of FEATURES and their labels."""
    kind, language = random.integers(-1, 36, count), random.integers(-1, 4, count)
    total, share = -random.exponential(3, count), random.random(count)
    length, distance = random.integers(1, 80, count), random.normal(0, 2, count)
    logit = np.where(kind % 3 == 0, 2, -2) + total + 3 + 2 * (share - 0.5) + 0.5 * distance
    label = random.random(count) < 1 / (1 + np.exp(-logit))
    return np.stack([kind, total, length, language, share, distance], 1).astype(float), label.astype(int)


def _rows_at_splits(trees: list[dict], features: int, random: np.random.Generator) -> np.ndarray:
    """Rows [ROWS, features] whose numbers lie on thresholds of the trees, or a little beside them, and whose kinds are some
    that the trees ask for or one that they do not."""
    thresholds: list[list[float]] = [[] for _ in range(features)]
    kinds: list[list[int]] = [[] for _ in range(features)]
    for tree in trees:
        for feature, asked in zip(tree['feature'], tree['threshold'], strict=True):
            if isinstance(asked, list):
                kinds[feature] += asked
            else:
                thresholds[feature].append(asked)
    rows = np.zeros((ROWS, features))
    for feature in range(features):
        if kinds[feature]:
            rows[:, feature] = random.choice([-1, *kinds[feature], max(kinds[feature]) + 1], ROWS)
        elif thresholds[feature]:
            beside = random.choice([0, 0, -1e-3, 1e-3, -1, 1, 30], ROWS)
            rows[:, feature] = random.choice(thresholds[feature], ROWS) + beside
        else:
            rows[:, feature] = random.normal(0, 5, ROWS).round(3)
    return rows


def _sums(booster: lightgbm.Booster, rows: np.ndarray) -> list[float]:
    return np.asarray(booster.predict(rows, raw_score=True, num_threads=1)).tolist()


def _network_of(networks: dict, member: dict) -> Network:
    inputs = Inputs.__new__(Inputs)
    inputs.places = networks['numbers']['places']
    inputs.means, inputs.deviations = (np.array(networks['numbers'][name]) for name in ('means', 'deviations'))
    inputs.kinds = [kind['place'] for kind in member['kinds']]
    inputs.vectors = [len(kind['vectors']) for kind in member['kinds']]
    network = Network(inputs)
    state = {f'vectors.{number}.weight': kind['vectors'] for number, kind in enumerate(member['kinds'])}
    for number, layer in enumerate(member['layers']):
        state |= {f'layers.{number}.weight': layer['weights'], f'layers.{number}.bias': layer['bias']}
    network.load_state_dict({name: torch.tensor(values) for name, values in state.items()})
    return network
