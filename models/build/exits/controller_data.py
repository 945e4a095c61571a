"""What the controller is trained on: signals, adapted states and right answers of recorded lines."""

import json
from pathlib import Path

import numpy as np
import torch

from .heads import Adapter, normalise
from .recordings import held_out, read
from .sizes import ADAPTER_WIDTH


class Data:
    """Rows of all tokens at all exits. states [tokens, exits, hidden] (adapted, normalised), signals [tokens, exits, signals]."""

    def __init__(self, folders: list[Path], model: Path, work: Path, layers: list[int]):
        manifest = json.loads((model / 'model.json').read_text(encoding='utf-8'))
        segments = [segment['to'] for segment in manifest['segments']]
        hidden = manifest['architecture']['hidden']
        adapters = _adapters(work, layers, hidden)
        states, signals, choices, self.lines = [], [], [], []
        for folder in folders:
            lines = read([folder], len(segments), hidden).lines
            rows = sum(len(line['tokens']) for line in lines)
            raw_signals = np.fromfile(folder / 'signals.f32', np.float32)
            raw_choices = np.fromfile(folder / 'choices.i32', np.int32).reshape(-1, len(layers) + 1)
            lines = lines[: _lines_within(lines, len(raw_choices))]
            rows = sum(len(line['tokens']) for line in lines)
            signals.append(raw_signals.reshape(len(raw_choices), len(layers) + 1, -1)[:rows])
            choices.append(raw_choices[:rows])
            raw = torch.from_numpy(np.concatenate([line['states'] for line in lines]).astype(np.float32))
            with torch.no_grad():
                adapted = [normalise(adapters[layer](raw[:, segments.index(layer)])) for layer in layers]
                states.append(torch.stack([*adapted, normalise(raw[:, -1])], 1).half())
            self.lines += lines
        self.states, self.signals = torch.cat(states), torch.from_numpy(np.concatenate(signals))
        self.choices = torch.from_numpy(np.concatenate(choices))
        ends = np.cumsum([len(line['tokens']) for line in self.lines])
        self.spans = list(zip([0, *ends[:-1]], ends, strict=True))
        self.right = torch.tensor([float(line['right']) for line in self.lines])
        self.held_out = np.array([held_out(line['repo']) for line in self.lines])

    def rows_of(self, lines: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Token numbers of lines, each token's line, and its weight: lines count alike, and their ends as much as the rest."""
        tokens: list[int] = []
        owners: list[int] = []
        weights: list[float] = []
        for line in lines:
            start, end = self.spans[line]
            tokens += range(start, end)
            owners += [line] * (end - start)
            weights += [1 / (end - start)] * (end - start - 1) + [1 + 1 / (end - start)]
        return torch.tensor(tokens), torch.tensor(owners), torch.tensor(weights)


def _adapters(work: Path, layers: list[int], hidden: int) -> dict[int, Adapter]:
    saved = torch.load(work / 'exits.pt')['module']
    adapters = {}
    for layer in layers:
        adapters[layer] = Adapter(hidden, ADAPTER_WIDTH)
        adapters[layer].load_state_dict(
            {k.removeprefix(f'{layer}.'): v for k, v in saved.items() if k.startswith(f'{layer}.')}
        )
    return adapters


def _lines_within(lines: list[dict], rows: int) -> int:
    ends = np.cumsum([len(line['tokens']) for line in lines])
    return int(np.searchsorted(ends, rows, side='right'))
