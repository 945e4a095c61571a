"""How sure the first answer is. The probabilities of the trees that rank are fitted to conflicts as a whole; of the surest
answers they say least. Further trees, and small networks beside them, learn from answers that rankers gave on repositories
unknown to them whether the first one was right: they add to its log odds."""

from dataclasses import dataclass

import lightgbm
import numpy as np
import torch
from torch import nn

from .recalibrate import log_odds
from .scaling import scale_of, scaled

# What they read besides the columns of the first answer. A side is 1 where the answer is ours, -1 where it is theirs.
COLUMNS = ['first.logOdds', 'first.lead', 'none.logOdds', 'first.side', 'first.own', 'first.merge', 'first.joint']


@dataclass(frozen=True)
class CertaintySettings:
    """How the trees and networks of certainty are trained."""

    rounds: int = 200
    leaves: int = 31
    rate: float = 0.04
    seeds: tuple[int, ...] = (1, 2, 3)
    # Of the networks.
    width: int = 64
    dropout: float = 0.3
    epochs: int = 16
    batch: int = 256
    network_rate: float = 0.002
    network_seeds: tuple[int, ...] = (1, 2, 3, 4)
    # How much of what the trees say, and of what the networks say, is added. They have much in common.
    trees_share: float = 0.7
    network_share: float = 0.7


class CertaintyNetwork(nn.Module):
    """table [hunks, columns]; returns log odds to be added, [hunks, 1]."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self, settings: CertaintySettings, mean: np.ndarray, deviation: np.ndarray):
        super().__init__()
        width = settings.width
        self.register_buffer('mean', torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer('deviation', torch.from_numpy(deviation.astype(np.float32)))
        self.layers = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(len(mean), width),
            nn.ReLU(),
            nn.Dropout(settings.dropout),
            nn.Linear(width, width),
            nn.ReLU(),
            nn.Dropout(settings.dropout),
            nn.Linear(width, 1),
        )
        # It begins by adding nothing.
        for parameter in self.layers[-1].parameters():
            nn.init.zeros_(parameter)

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        return self.layers(scaled(table, self.mean, self.deviation, 5))


@dataclass(frozen=True)
class Certainty:
    """Trees and networks, which add to the log odds of the first answer."""

    settings: CertaintySettings
    boosters: list[lightgbm.Booster]
    networks: list[CertaintyNetwork]


def table_of(features: np.ndarray, names: list[str], probabilities: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """float32 [hunks, names and COLUMNS]. features, probabilities: rows of hunks, "none of these" last in each."""
    starts = np.cumsum(sizes) - sizes
    first, second = np.zeros(len(sizes), int), np.zeros(len(sizes))
    for i, (start, size) in enumerate(zip(starts, sizes, strict=True)):
        given = probabilities[start : start + size - 1]
        first[i] = start + (int(given.argmax()) if size > 1 else 0)
        second[i] = np.sort(given)[-2] if size > 2 else 0
    rows = features[first]
    column = {name: rows[:, at] for at, name in enumerate(names)}
    side = (column['way.line.ours'] > 0.5).astype(int) - (column['way.line.theirs'] > 0.5)
    odds = log_odds(probabilities[first])
    preferences = [side * column[f'{name}.lean'] for name in ('own', 'merge', 'joint')]
    # Where there are no siblings, there is a mark instead of a number.
    preferences[1] = np.where(column['merge.siblings'] > 0, preferences[1], 0)
    own = [odds, odds - log_odds(second), log_odds(probabilities[starts + sizes - 1]), side, *preferences]
    return np.hstack([rows, np.stack(own, 1)]).astype(np.float32)


def train_certainty(
    table: np.ndarray, is_right: np.ndarray, weights: np.ndarray, settings: CertaintySettings
) -> Certainty:
    """table: as table_of gives it, of rankers that had not learned the hunks' repositories."""
    boosters = [_trees(table, is_right, weights, settings, seed) for seed in settings.seeds]
    networks = [_network(table, is_right, weights, settings, seed) for seed in settings.network_seeds]
    return Certainty(settings, boosters, networks)


def _trees(
    table: np.ndarray, is_right: np.ndarray, weights: np.ndarray, settings: CertaintySettings, seed: int
) -> lightgbm.Booster:
    parameters = {
        'objective': 'binary',
        'num_leaves': settings.leaves,
        'learning_rate': settings.rate,
        'min_data_in_leaf': 200,
        'lambda_l2': 10.0,
        'feature_fraction': 0.3,
        'bagging_fraction': 0.7,
        'bagging_freq': 1,
        'num_threads': 1,
        'deterministic': True,
        'force_row_wise': True,
        'seed': seed,
        'verbose': -1,
    }
    data = lightgbm.Dataset(table, label=is_right.astype(float), weight=weights, init_score=table[:, -len(COLUMNS)])
    return lightgbm.train(parameters, data, settings.rounds)


def _network(
    table: np.ndarray, is_right: np.ndarray, weights: np.ndarray, settings: CertaintySettings, seed: int
) -> CertaintyNetwork:
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = CertaintyNetwork(settings, *scale_of(table))
    given, odds, right, weight = (
        torch.from_numpy(of.astype(np.float32))
        for of in (table, table[:, -len(COLUMNS)], is_right, weights / weights.mean())
    )
    steps = len(table) // settings.batch
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.network_rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.network_rate, total_steps=settings.epochs * steps
    )
    for _ in range(settings.epochs):
        for chosen in random.permutation(len(table))[: steps * settings.batch].reshape(steps, settings.batch):
            at = torch.from_numpy(chosen)
            logits = network(given[at])[:, 0] + odds[at]
            loss = nn.functional.binary_cross_entropy_with_logits(logits, right[at], weight=weight[at])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network.eval()


@torch.no_grad()
def first_probability(certainty: Certainty, table: np.ndarray) -> np.ndarray:
    """How likely the first answer of each hunk is right, not yet calibrated."""
    settings = certainty.settings
    trees = np.mean([booster.predict(table, raw_score=True, num_threads=1) for booster in certainty.boosters], 0)
    networks = np.mean([network(torch.from_numpy(table))[:, 0].numpy() for network in certainty.networks], 0)
    added = settings.trees_share * trees + settings.network_share * networks
    return 1 / (1 + np.exp(-(table[:, -len(COLUMNS)] + added)))
