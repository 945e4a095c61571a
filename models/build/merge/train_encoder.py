"""Trains the network on one part of the repositories: fixed seeds, a checkpoint every few minutes, goes on where it stopped."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from .encoder import Encoder, EncoderSettings, loss_of_ways
from .records import Records


@dataclass(frozen=True)
class TrainingSettings:
    """How the network of ways is trained. rate: the highest; warm_up: the share of steps until it is reached."""

    epochs: float = 4
    batch: int = 64
    rate: float = 1.5e-3
    warm_up: float = 0.05
    decay: float = 0.02
    seed: int = 11
    checkpoint_steps: int = 200


def way_targets(records: Records) -> tuple[np.ndarray, np.ndarray]:
    """For each hunk which of the nine patterns on tokens, and which of all ways, give the right text."""
    names, came = records.ways()
    rows = records.starts + records.right
    reachable = records.right < records.sizes - 1
    ways = came[rows] & reachable[:, None]
    return ways[:, pattern_columns(names)], ways


def pattern_columns(names: list[str]) -> list[int]:
    """The columns of the nine patterns on tokens, in order."""
    chosen = [i for i, name in enumerate(names) if name.startswith('way.token.')]
    return [i for i in chosen if not names[i].endswith(('.merge', '.mixed'))]


def batches(lengths: np.ndarray, chosen: np.ndarray, size: int, random: np.random.Generator) -> list[np.ndarray]:
    """Shuffled batches of hunks of about the same length, so that little is padding."""
    order = random.permutation(chosen)
    pools = [order[i : i + 32 * size] for i in range(0, len(order), 32 * size)]
    found = []
    for pool in pools:
        sorted_pool = pool[np.argsort(lengths[pool], kind='stable')]
        found += [sorted_pool[i : i + size] for i in range(0, len(sorted_pool), size)]
    return [found[i] for i in random.permutation(len(found))]


def train_encoder(
    records: Records, chosen: np.ndarray, model: EncoderSettings, settings: TrainingSettings, folder: Path
) -> Encoder:
    """The trained network; folder keeps its checkpoint, with which a run that was stopped goes on."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    network = Encoder(model)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=settings.rate, weight_decay=settings.decay, betas=(0.9, 0.98)
    )
    lengths = (records.tokens > 0).any(1).sum(1)
    patterns, ways = way_targets(records)
    learnable = chosen[ways[chosen].any(1)]
    schedule = []
    for epoch in range(int(np.ceil(settings.epochs))):
        schedule += batches(lengths, learnable, settings.batch, np.random.default_rng(settings.seed + epoch))
    schedule = schedule[: int(settings.epochs * len(learnable) / settings.batch)]
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / 'checkpoint.pt'
    identity = json.dumps([asdict(model), asdict(settings), len(learnable)])
    first = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved['identity'] == identity:
            network.load_state_dict(saved['network'])
            optimizer.load_state_dict(saved['optimizer'])
            first = saved['step']
    network.train()
    began, seen, losses = time.time(), 0, []
    for step in range(first, len(schedule)):
        torch.manual_seed(settings.seed * 100_003 + step)
        done = step / len(schedule)
        rate = settings.rate * min(done / settings.warm_up, 1.02 - done)
        for group in optimizer.param_groups:
            group['lr'] = max(rate, settings.rate * 0.01)
        batch = schedule[step]
        # Positions beyond the longest of the batch are padding for all.
        places = int((records.tokens[batch] > 0).any((0, 1)).nonzero()[0].max()) + 1
        tokens = torch.from_numpy(records.tokens[batch][:, :, :places]).long()
        edits = torch.from_numpy(records.edits[batch][:, :, :places].astype(np.int64))
        weights = torch.from_numpy(records.weights[batch])
        with torch.autocast('cpu', torch.bfloat16):
            pattern_logits, way_logits = network(tokens, edits)
        loss = loss_of_ways(way_logits.float(), torch.from_numpy(ways[batch]), weights)
        loss = loss + 0.5 * loss_of_ways(pattern_logits.float(), torch.from_numpy(patterns[batch]), weights)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(float(loss.detach()))
        seen += len(batch)
        if (step + 1) % 50 == 0 or step + 1 == len(schedule):
            spent = time.time() - began
            left = spent / (step + 1 - first) * (len(schedule) - step - 1)
            print(
                f'{step + 1}/{len(schedule)} loss {np.mean(losses[-200:]):.4f} {spent:.0f} s, {left:.0f} s left',
                flush=True,
            )
        if (step + 1) % settings.checkpoint_steps == 0 or step + 1 == len(schedule):
            save(checkpoint, network, optimizer, step + 1, identity)
    network.eval()
    return network


def save(file: Path, network: Encoder, optimizer: torch.optim.Optimizer, step: int, identity: str) -> None:
    """Writes a checkpoint beside the old one and then in its place, so that there is always a whole one."""
    fresh = file.with_suffix('.new')
    torch.save(
        {'network': network.state_dict(), 'optimizer': optimizer.state_dict(), 'step': step, 'identity': identity},
        fresh,
    )
    fresh.replace(file)


def predict(network: Encoder, records: Records, batch: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """Logits of patterns and of ways for all hunks, in full precision, as the runtime computes them."""
    network.eval()
    order = np.argsort((records.tokens > 0).any(1).sum(1), kind='stable')
    patterns = np.zeros((len(order), network.settings.patterns), np.float32)
    ways = np.zeros((len(order), network.settings.ways), np.float32)
    with torch.no_grad():
        for i in range(0, len(order), batch):
            at = order[i : i + batch]
            places = max(1, int(np.flatnonzero((records.tokens[at] > 0).any((0, 1))).max(initial=0)) + 1)
            tokens = torch.from_numpy(records.tokens[at][:, :, :places]).long()
            edits = torch.from_numpy(records.edits[at][:, :, :places].astype(np.int64))
            p, w = network(tokens, edits)
            patterns[at], ways[at] = p.numpy(), w.numpy()
    return patterns, ways
