"""The conflicts of a merge, seen together: a small set transformer (Lee et al., 2019, without inducing points) over all of
them says of each how likely ours and how likely theirs is right. The mean of what trees say of the siblings (side_preference.py)
knows nothing of how conflicts go together; this learns it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import side_preference
from .encoder import Layer
from .records import Records
from .scaling import scale_of, scaled
from .side_preference import Sides

# Conflicts of a merge that are seen together at most: those that are learned from, and those that are spoken of.
LEARNED_TOGETHER = 48
SEEN_TOGETHER = 64
COLUMNS = [f'joint.{name}' for name in side_preference.NAMES]
# A large merge speaks as loud as this many conflicts, times the square root of what it has more.
FULL_WEIGHT = 12
WEAK_WEIGHT = 0.25
# How often a batch is shown with some of the siblings left out, so that small sets of large merges are known too.
THINNED = 0.3
PLACES_IN_BATCH = 1024


@dataclass(frozen=True)
class JointSettings:
    """The set transformer's size and how it is trained."""

    width: int = 96
    layers: int = 3
    heads: int = 4
    dropout: float = 0.1
    epochs: int = 16
    rate: float = 0.0015
    # One network for each; the mean of their log odds errs less than any of them.
    seeds: tuple[int, ...] = (11, 12)


class Joint(nn.Module):
    """columns: the sides of a conflict, then what the trees say of it alone (side_preference.NAMES)."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self, settings: JointSettings, mean: np.ndarray, deviation: np.ndarray):
        super().__init__()
        width = settings.width
        self.register_buffer('mean', torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer('deviation', torch.from_numpy(deviation.astype(np.float32)))
        self.entry = nn.Sequential(
            nn.Linear(len(mean), 2 * width), nn.ReLU(), nn.Dropout(settings.dropout), nn.Linear(2 * width, width)
        )
        self.layers = nn.ModuleList(Layer(width, settings.heads, settings.dropout) for _ in range(settings.layers))
        self.last = nn.LayerNorm(width)
        self.chances = nn.Linear(width, 2)

    def forward(self, features: torch.Tensor, blocked: torch.Tensor) -> torch.Tensor:
        """features [merges, conflicts, columns]; blocked: [merges, 1, 1, conflicts], -1e4 where there is no conflict.
        Returns log odds of ours and of theirs, [merges, conflicts, 2]."""
        hidden = self.entry(scaled(features, self.mean, self.deviation, 8))
        for layer in self.layers:
            hidden = layer(hidden, blocked)
        return self.chances(self.last(hidden))


class JointMean(nn.Module):
    """Several networks as one, for whole sets of conflicts."""

    def __init__(self, networks: list[Joint]):
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        blocked = torch.zeros(1)
        return torch.stack([network(features, blocked) for network in self.networks]).mean(0)


def sets_of(merges: np.ndarray, chosen: np.ndarray, most: int, random: np.random.Generator) -> list[np.ndarray]:
    """Numbers of hunks, those of a merge together; large merges in several sets, dealt at random."""
    mixed = random.permutation(chosen)
    ordered = mixed[np.argsort(merges[mixed], kind='stable')]
    merge_by_merge = np.split(ordered, np.flatnonzero(np.diff(merges[ordered])) + 1)
    return [whole[at : at + most] for whole in merge_by_merge for at in range(0, len(whole), most)]


def batches(sets: list[np.ndarray], random: np.random.Generator) -> list[list[np.ndarray]]:
    """Sets of about the same size together, in any order."""
    found: list[list[np.ndarray]] = []
    batch: list[np.ndarray] = []
    for i in np.argsort(np.array([len(of) for of in sets]) + 2 * random.random(len(sets))):
        if batch and (len(batch) + 1) * len(sets[i]) > PLACES_IN_BATCH:
            found.append(batch)
            batch = []
        batch.append(sets[i])
    found.append(batch)
    random.shuffle(found)
    return found


def padded(batch: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of hunks [sets, places], and which places are taken."""
    longest = max(len(of) for of in batch)
    numbers, taken = np.zeros((len(batch), longest), int), np.zeros((len(batch), longest), bool)
    for row, of in enumerate(batch):
        numbers[row, : len(of)] = of
        taken[row, : len(of)] = True
    return numbers, taken


def blocked_of(taken: np.ndarray) -> torch.Tensor:
    """float32 [sets, 1, 1, places]: what is added to attention, from taken [sets, places]."""
    return torch.from_numpy(np.where(taken, 0, -1e4).astype(np.float32))[:, None, None]


def input_of(of: Sides, alone: np.ndarray) -> np.ndarray:
    """alone: what the trees say of each conflict, [hunks, side_preference.NAMES]."""
    return np.hstack([of.features, alone]).astype(np.float32)


def train_joint(features: np.ndarray, of: Sides, chosen: np.ndarray, settings: JointSettings, seed: int) -> Joint:
    """chosen: numbers of the hunks that are learned from."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = Joint(settings, *scale_of(features[chosen]))
    sizes = np.bincount(of.merges[chosen])[of.merges[chosen]]
    weights = np.zeros(len(features), np.float32)
    weights[chosen] = np.minimum(1, np.sqrt(FULL_WEIGHT / sizes)) * np.where(of.weak[chosen], WEAK_WEIGHT, 1)
    right = of.right.astype(np.float32)
    plan = []
    for _ in range(settings.epochs):
        plan += batches(sets_of(of.merges, chosen, LEARNED_TOGETHER, random), random)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=len(plan), pct_start=0.1)
    for step, batch in enumerate(plan):
        numbers, taken = padded(batch)
        if random.random() < THINNED:
            kept = random.random(taken.shape) < random.random()
            kept[:, 0] = True
            taken = taken & kept
        logits = network(torch.from_numpy(features[numbers]), blocked_of(taken))
        loss = nn.functional.binary_cross_entropy_with_logits(
            logits, torch.from_numpy(right[numbers]), reduction='none'
        )
        weight = torch.from_numpy(weights[numbers] * taken)
        loss = (loss.sum(-1) * weight).sum() / weight.sum().clamp(min=1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % 500 == 0:
            print(f'joint {step + 1}/{len(plan)} {loss.item():.3f}', flush=True)
    return network.eval()


@torch.no_grad()
def joint_chances(networks: list[Joint], features: np.ndarray, merges: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """[hunks, side_preference.NAMES], NaN where a hunk was not chosen. A merge of more than SEEN_TOGETHER is seen in parts."""
    logits = np.full((len(features), 2), np.nan, np.float32)
    random = np.random.default_rng(0)
    for batch in batches(sets_of(merges, chosen, SEEN_TOGETHER, random), random):
        numbers, taken = padded(batch)
        given = torch.from_numpy(features[numbers]), blocked_of(taken)
        mean = torch.stack([network(*given) for network in networks]).mean(0).numpy()
        logits[numbers[taken]] = mean[taken]
    return side_preference.chances_of(logits)


def crossed_joint(
    of: Sides, alone: np.ndarray, learned: set[str], settings: JointSettings, work: Path
) -> tuple[np.ndarray, list[Joint]]:
    """What is said of all hunks by networks that have not learned from their repository, and the networks of all that is
    learned. alone: as crossed_chances gives it."""
    features = input_of(of, alone)
    may_teach = np.isin(of.repositories, sorted(learned))
    folds = side_preference.folds_of(of)
    found = np.zeros((len(folds), len(side_preference.NAMES)))

    def taught(name: str, chosen: np.ndarray) -> list[Joint]:
        return [
            trained(features, of, chosen, settings, seed, work / f'joint-{name}-{seed}.pt') for seed in settings.seeds
        ]

    for fold in range(side_preference.FOLDS):
        networks = taught(str(fold), np.flatnonzero(may_teach & (folds != fold)))
        spoken = np.flatnonzero(may_teach & (folds == fold))
        found[spoken] = joint_chances(networks, features, of.merges, spoken)[spoken]
    networks = taught('all', np.flatnonzero(may_teach))
    others = np.flatnonzero(~may_teach)
    found[others] = joint_chances(networks, features, of.merges, others)[others]
    return found, networks


def trained(
    features: np.ndarray, of: Sides, chosen: np.ndarray, settings: JointSettings, seed: int, file: Path
) -> Joint:
    """The network of an earlier run where there is one; it takes minutes."""
    if not file.exists():
        torch.save(train_joint(features, of, chosen, settings, seed).state_dict(), file)
    network = Joint(settings, np.zeros(features.shape[1]), np.ones(features.shape[1]))
    network.load_state_dict(torch.load(file, weights_only=True))
    return network.eval()


def columns_of(of_all: np.ndarray, of: Sides, records: Records) -> np.ndarray:
    """float32 [rows, COLUMNS]: the same for all rows of a hunk."""
    at = np.array([of.place[hunk['id']] for hunk in records.hunks])
    return np.repeat(of_all[at].astype(np.float32), records.sizes, 0)
