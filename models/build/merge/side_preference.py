"""The side preference of a merge. Trees say of every conflict of a merge, from its texts alone, how likely ours and how likely
theirs is right; what they say of a conflict's siblings are further columns for the trees that choose among its candidates."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np

from .records import Records

# Trees that speak of a repository's conflicts have not learned from that repository.
FOLDS = 5
# A log odds of this many at most, so that one conflict that is plain does not speak for all.
LEAST = 0.02
NAMES = ('lean', 'ours', 'theirs')
COLUMNS = [
    *(f'own.{name}' for name in NAMES),
    *(f'merge.{name}' for name in NAMES),
    'merge.siblings',
]
# What stands where there are no siblings, and the count from which on more of them say the same.
NONE = -9.0
MOST_COUNTED = 20


@dataclass(frozen=True)
class SideSettings:
    """How the trees of the sides are trained."""

    rounds: int = 200
    leaves: int = 31
    rate: float = 0.05
    seed: int = 5


@dataclass
class Sides:
    """The sides of all hunks of the data, recorded or not."""

    place: dict[str, int]  # by the hunk's id
    repositories: np.ndarray
    merges: np.ndarray  # numbers; hunks with the same one are siblings
    features: np.ndarray  # float32 [hunks, columns]
    right: np.ndarray  # bool [hunks, 2]: whether ours, and whether theirs, is what was committed
    weak: np.ndarray
    columns: list[str]


def load_sides(*folders: Path) -> Sides:
    """The sides of all hunks of some recordings, each hunk once."""
    place: dict[str, int] = {}
    repositories, merges, right, weak = [], [], [], []
    rows: list[np.ndarray] = []
    columns: list[str] = []
    for folder in folders:
        if not (folder / 'sides.jsonl').exists():
            # A recording that goes on where another one stopped.
            continue
        columns = json.loads((folder / 'layout.json').read_text(encoding='utf-8'))['sides']
        features = np.fromfile(folder / 'sides.f32', np.float32).reshape(-1, len(columns))
        with open(folder / 'sides.jsonl', encoding='utf-8') as lines:
            for line, row in zip(lines, features, strict=True):
                hunk = json.loads(line)
                if hunk['id'] in place:
                    continue
                place[hunk['id']] = len(rows)
                rows.append(row)
                right.append(hunk['right'])
                weak.append(hunk['weak'])
                repositories.append(hunk['repo'])
                merges.append(f'{hunk["repo"]}\n{hunk["commit"]}')
    numbers = np.unique(np.array(merges), return_inverse=True)[1]
    return Sides(
        place, np.array(repositories), numbers, np.array(rows, np.float32), np.array(right), np.array(weak), columns
    )


def train_sides(features: np.ndarray, right: np.ndarray, settings: SideSettings) -> list[lightgbm.Booster]:
    """Two boosters: log odds of ours and of theirs."""
    parameters = {
        'objective': 'binary',
        'num_leaves': settings.leaves,
        'learning_rate': settings.rate,
        'min_data_in_leaf': 60,
        'lambda_l2': 5.0,
        'feature_fraction': 0.5,
        'max_bin': 127,
        'num_threads': 1,
        'deterministic': True,
        'force_row_wise': True,
        'seed': settings.seed,
        'verbose': -1,
    }
    return [
        lightgbm.train(parameters, lightgbm.Dataset(features, label=of), settings.rounds)
        for of in right.T.astype(float)
    ]


def chances(boosters: list[lightgbm.Booster], features: np.ndarray) -> np.ndarray:
    """[hunks, NAMES]"""
    return chances_of(np.stack([booster.predict(features, raw_score=True, num_threads=1) for booster in boosters], 1))


def chances_of(log_odds: np.ndarray) -> np.ndarray:
    """[hunks, NAMES]; log_odds [hunks, 2]: of ours and of theirs."""
    ours, theirs = (1 / (1 + np.exp(-log_odds))).T
    return np.stack([np.log((ours + LEAST) / (theirs + LEAST)), ours, theirs], 1)


def fold_of(repository: str) -> int:
    """The fold that a repository belongs to, by the hash of its name."""
    return hashlib.sha256(f'sides:{repository}'.encode()).digest()[0] % FOLDS


def folds_of(sides: Sides) -> np.ndarray:
    """The fold of each hunk, [hunks]."""
    return np.array([fold_of(repository) for repository in sides.repositories])


def crossed_chances(
    sides: Sides, learned: set[str], settings: SideSettings
) -> tuple[np.ndarray, list[lightgbm.Booster]]:
    """Chances of all hunks, by trees that have not learned from their repository; and the trees of all that is learned.

    learned: names of repositories. Hunks whose answer is not sure teach nothing."""
    may_teach = np.isin(sides.repositories, sorted(learned)) & ~sides.weak
    folds = folds_of(sides)
    found = np.zeros((len(folds), len(NAMES)))

    def taught(chosen: np.ndarray) -> list[lightgbm.Booster]:
        return train_sides(sides.features[chosen], sides.right[chosen], settings)

    for fold in range(FOLDS):
        boosters = taught(may_teach & (folds != fold))
        found[folds == fold] = chances(boosters, sides.features[folds == fold])
    boosters = taught(may_teach)
    others = ~np.isin(sides.repositories, sorted(learned))
    found[others] = chances(boosters, sides.features[others])
    return found, boosters


def columns_of(of_all: np.ndarray, sides: Sides, records: Records) -> np.ndarray:
    """float32 [rows, COLUMNS]: the same for all rows of a hunk."""
    counts = np.bincount(sides.merges)[sides.merges] - 1
    sums = np.stack([np.bincount(sides.merges, of)[sides.merges] for of in of_all.T], 1) - of_all
    means = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], NONE)
    table = np.hstack([of_all, means, np.log1p(np.minimum(counts, MOST_COUNTED))[:, None]]).astype(np.float32)
    at = np.array([sides.place[hunk['id']] for hunk in records.hunks])
    return np.repeat(table[at], records.sizes, 0)
