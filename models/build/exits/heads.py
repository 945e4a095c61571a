"""The trained parts in torch: the adapter of an exit, the draft layer, and the frozen head that all of them share.

Hidden states are [rows, hidden], raw as the layers give them; the head normalises.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn.functional import silu

from ..convert.run import Model
from .sizes import EPSILON


def normalise(hidden: torch.Tensor) -> torch.Tensor:
    """Root-mean-square norm without a gain: the matrices behind it can learn one."""
    return hidden * torch.rsqrt(hidden.pow(2).mean(-1, keepdim=True) + EPSILON)


class Gated(nn.Module):
    """down(silu(gate x) * up x); starts as zero, so that a residual around it starts as the identity."""

    def __init__(self, inputs: int, width: int, outputs: int):
        super().__init__()
        self.gate, self.up = nn.Linear(inputs, width, bias=False), nn.Linear(inputs, width, bias=False)
        self.down = nn.Linear(width, outputs, bias=False)
        nn.init.zeros_(self.down.weight)

    def forward(self, normalised: torch.Tensor) -> torch.Tensor:
        # Products in half precision take half the time; in use, weights have 4 bits.
        with torch.autocast('cpu', torch.bfloat16):
            return self.down(silu(self.gate(normalised)) * self.up(normalised)).float()


class Adapter(nn.Module):
    """A state after an early layer -> a state as the last layer would give it."""

    def __init__(self, hidden: int, width: int):
        super().__init__()
        self.gated = Gated(hidden, width, hidden)
        self.gain = nn.Parameter(torch.ones(hidden))

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return hidden * self.gain + self.gated(normalise(hidden)) * scale_of(hidden)


class Draft(nn.Module):
    """The last state and the embedding of the token chosen from it -> the state that the token after it is chosen from."""

    def __init__(self, hidden: int, width: int):
        super().__init__()
        self.gated = Gated(2 * hidden, width, hidden)
        self.gain = nn.Parameter(torch.ones(hidden))

    def forward(self, hidden: torch.Tensor, embedding: torch.Tensor) -> torch.Tensor:
        both = torch.cat([normalise(hidden), normalise(embedding)], -1)
        return hidden * self.gain + self.gated(both) * scale_of(hidden)


def scale_of(hidden: torch.Tensor) -> torch.Tensor:
    """The size of a state, so that what is added to it is of its size."""
    return hidden.pow(2).mean(-1, keepdim=True).sqrt()


class Head:
    """The frozen head over the shortlist (the most frequent tokens, which come first), and the embedding of all tokens."""

    def __init__(self, folder: Path, shortlist: int):
        model = Model(folder, threads=1)
        self.manifest = json.loads((folder / 'model.json').read_text(encoding='utf-8'))
        self.embedding = torch.from_numpy(model.embedding())
        self.norm = torch.from_numpy(_norm_of(folder / self.manifest['head'][0]['file']))
        # Half the time in half precision; the distribution is what is learnt, and its sums are taken in full precision.
        self.rows = (self.embedding[:shortlist] * self.norm).bfloat16().contiguous()

    def logits(self, hidden: torch.Tensor, columns: torch.Tensor | None = None) -> torch.Tensor:
        """Over the shortlist, or over the given tokens of it."""
        rows = self.rows if columns is None else self.rows[columns]
        return (normalise(hidden).bfloat16() @ rows.T).float()


def _norm_of(graph: Path) -> np.ndarray:
    model = onnx.load(str(graph), load_external_data=False)
    return next(numpy_helper.to_array(tensor) for tensor in model.graph.initializer if tensor.name == 'norm').astype(
        np.float32
    )
