"""Trains the adapters of the exits and the draft layer on recorded states; the model itself stays as it is.

usage: python -m models.build.exits.train_heads --model models/lacuna-0.5b --records DIR... --work DIR [--epochs 2]

Both learn the full model's distribution over the shortlist. An adapter sees one position. The draft layer is unrolled over
three tokens: its own state takes the place of the last layer's from the second on. Checkpoints in WORK are gone on from.
"""

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import kl_div, log_softmax, softmax
from tqdm import tqdm

from .heads import Adapter, Draft, Head
from .recordings import Sequence, read
from .sizes import ADAPTER_WIDTH, DRAFT_WIDTH, SHORTLIST

SEED = 5
STEPS = 3
STEP_WEIGHTS = (1.0, 0.7, 0.5)
# Positions of a prompt before this one have little context.
FIRST_POSITION = 48
CHUNK, LINE, POSITIONS_PER_BATCH, RATE = 64, 16, 384, 1.5e-3
# Generated lines are what the heads are used on, and are short: they are seen more often.
LINE_REPEATS = 2
# In training, distributions are compared over the tokens that the full model chooses in the batch, so many of the most frequent
# ones, and so many others by chance: a quarter of the shortlist in a quarter of the time.
FREQUENT, SAMPLED = 1024, 1024

# A loss, and by exit or step how many positions agree and how many there are.
Loss = tuple[torch.Tensor, list[float], list[int]]


def main() -> None:
    """Trains the adapters, the draft layer, or both."""
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    head = Head(options.model, SHORTLIST)
    layers = [segment['to'] for segment in head.manifest['segments']]
    records = read(options.records, len(layers), head.manifest['architecture']['hidden'])
    print(len(records.lines), 'lines,', len(records.prompts), 'prompts')
    pieces = _pieces(records.prompts, FIRST_POSITION, CHUNK), _pieces(records.generated, 0, LINE)
    chunks, lines = ([piece for piece in pool if not piece.held_out] for pool in pieces)
    held_out = {
        name: [piece for piece in pool if piece.held_out]
        for name, pool in zip(('prompts', 'lines'), pieces, strict=True)
    }
    print(len(chunks), 'chunks and', len(lines), 'pieces of lines to train on')
    training: list[list[Sequence]] = []
    for epoch in range(options.epochs):
        batches = _batches(chunks, epoch) + _batches(LINE_REPEATS * lines, epoch)
        random.Random(epoch).shuffle(batches)
        training += batches
    exits = layers[:-1]
    if options.part in ('exits', 'both'):
        adapters = torch.nn.ModuleDict({str(layer): Adapter(head.rows.shape[1], ADAPTER_WIDTH) for layer in exits})
        _fit(adapters, training, held_out, options, 'exits', lambda m, *batch: _exit_loss(m, exits, head, *batch))
    if options.part in ('draft', 'both'):
        draft = Draft(head.rows.shape[1], DRAFT_WIDTH)
        _fit(draft, training, held_out, options, 'draft', lambda m, *batch: _draft_loss(m, head, *batch))


def _exit_loss(
    adapters: torch.nn.ModuleDict,
    exits: list[int],
    head: Head,
    states: torch.Tensor,
    ids: torch.Tensor,
    lengths: torch.Tensor,
) -> Loss:
    """Divergence from the full model, and how many positions have the same best token, by exit.

    states: [pieces, positions, exits, hidden], of which `lengths` positions of each piece count.
    """
    states = states[torch.arange(states.shape[1])[None] < lengths[:, None]]
    target, columns = _target(head, states[:, -1], adapters.training)
    loss, agreed = torch.zeros(()), []
    for index, layer in enumerate(exits):
        logits = head.logits(adapters[str(layer)](states[:, index]), columns)
        loss = loss + kl_div(log_softmax(logits, -1), target, reduction='batchmean')
        agreed.append((logits.argmax(-1) == target.argmax(-1)).float().sum().item())
    return loss, agreed, [len(states)] * len(exits)


def _draft_loss(draft: Draft, head: Head, states: torch.Tensor, ids: torch.Tensor, lengths: torch.Tensor) -> Loss:
    """The same for the tokens after the next, by step. ids: [pieces, positions], the token behind which a state stands."""
    last = states[:, :, -1]
    target, columns = _target(head, last, draft.training)
    embeddings = head.embedding[ids.clamp(min=0)]
    state, loss, agreed, counts = last, torch.zeros(()), [], []
    for step in range(1, STEPS + 1):
        # A state at position p and the token behind it give the state at p + 1.
        state = draft(state[:, :-1], embeddings[:, step:])
        counts_here = torch.arange(step, last.shape[1])[None] < lengths[:, None]
        logits, wanted = head.logits(state[counts_here], columns), target[:, step:][counts_here]
        loss = loss + STEP_WEIGHTS[step - 1] * kl_div(log_softmax(logits, -1), wanted, reduction='batchmean')
        agreed.append((logits.argmax(-1) == wanted.argmax(-1)).float().sum().item())
        counts.append(len(wanted))
    return loss, agreed, counts


def _target(head: Head, states: torch.Tensor, is_training: bool) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The full model's distribution over some tokens of the shortlist, and which they are; all of it where nothing is learnt."""
    logits = head.logits(states)
    if not is_training:
        return softmax(logits, -1), None
    by_chance = FREQUENT + torch.randperm(SHORTLIST - FREQUENT)[:SAMPLED]
    columns = torch.unique(torch.cat([logits.argmax(-1).flatten(), torch.arange(FREQUENT), by_chance]))
    return softmax(logits[..., columns], -1), columns


def _fit(
    module: torch.nn.Module,
    training: list[list[Sequence]],
    held_out: dict[str, list[Sequence]],
    options: argparse.Namespace,
    name: str,
    loss_of: Callable[..., Loss],
) -> None:
    file = options.work / f'{name}.pt'
    start, total = 0, len(training)
    optimiser = torch.optim.AdamW(module.parameters(), lr=RATE, weight_decay=0.01)
    if file.exists():
        saved = torch.load(file)
        module.load_state_dict(saved['module'])
        optimiser.load_state_dict(saved['optimiser'])
        start = saved['batch']
    progress = tqdm(range(start, total), initial=start, total=total, desc=name, mininterval=20)
    for batch in progress:
        for group in optimiser.param_groups:
            group['lr'] = RATE * min(1, (batch + 1) / 50) * (1 - batch / total)
        loss, agreed, counts = loss_of(module, *_tensors(training[batch]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimiser.step()
        if batch % 20 == 0:
            shares = ' '.join(f'{a / c:.2f}' for a, c in zip(agreed, counts, strict=True))
            progress.set_postfix(loss=f'{loss.item():.3f}', agreed=shares, refresh=False)
        if batch % 200 == 199 or batch == total - 1:
            torch.save({'module': module.state_dict(), 'optimiser': optimiser.state_dict(), 'batch': batch + 1}, file)
    module.eval()
    figures = {pool: _evaluate(module, pieces, loss_of) for pool, pieces in held_out.items()}
    print(name, 'held out, share that agrees:', figures)
    (options.work / f'{name}.json').write_text(json.dumps({'heldOutAgreement': figures, 'batches': total}))


@torch.no_grad()
def _evaluate(module: torch.nn.Module, pieces: list[Sequence], loss_of: Callable[..., Loss]) -> list[float]:
    sample = random.Random(SEED).sample(pieces, min(len(pieces), 400))
    sums = [
        np.array([agreed, counts]) for _, agreed, counts in (loss_of(module, *_tensors(b)) for b in _batches(sample, 0))
    ]
    agreed, counts = np.sum(sums, 0)
    return [round(float(share), 4) for share in agreed / counts]


def _batches(pieces: list[Sequence], seed: int) -> list[list[Sequence]]:
    """Pieces of about the same length together, in an order fixed by the seed."""
    shuffled = random.Random(seed).sample(pieces, len(pieces))
    by_length = sorted(shuffled, key=lambda piece: len(piece.ids))
    batches, batch = [], []
    for piece in by_length:
        batch.append(piece)
        if sum(len(p.ids) for p in batch) >= POSITIONS_PER_BATCH:
            batches.append(batch)
            batch = []
    return batches if batch == [] else [*batches, batch]


def _tensors(pieces: list[Sequence]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """States, ids and lengths; shorter pieces are padded by repeating their end."""
    lengths = torch.tensor([len(p.ids) for p in pieces])
    places = [np.minimum(np.arange(int(lengths.max())), len(p.ids) - 1) for p in pieces]
    states = np.stack([p.states[at] for p, at in zip(pieces, places, strict=True)]).astype(np.float32)
    return (
        torch.from_numpy(states),
        torch.from_numpy(np.stack([p.ids[at] for p, at in zip(pieces, places, strict=True)])),
        lengths,
    )


def _pieces(sequences: list[Sequence], first: int, length: int) -> list[Sequence]:
    """Pieces of more than STEPS positions."""
    return [
        Sequence(s.states[start : start + length], s.ids[start : start + length], s.held_out)
        for s in sequences
        for start in range(first, len(s.ids), length)
        if len(s.ids) - start > STEPS
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--model', type=Path, required=True)
    parser.add_argument('--records', type=Path, nargs='+', required=True, help='folders that `lacuna record` wrote')
    parser.add_argument('--work', type=Path, required=True, help='folder for checkpoints')
    parser.add_argument('--part', choices=('exits', 'draft', 'both'), default='both')
    parser.add_argument('--epochs', type=int, default=2)
    parser.add_argument('--threads', type=int, default=2)
    return parser.parse_args()


if __name__ == '__main__':
    main()
