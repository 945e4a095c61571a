"""The controller itself: networks that see signals and hidden states, and trees that see the signals alone."""

from dataclasses import dataclass

import lightgbm
import numpy as np
import torch
from torch import nn
from torch.nn.functional import gelu

from .controller_data import Data

STATE_WIDTH, WIDTH = 16, 64


class Network(nn.Module):
    """A small network of one hidden layer that sees signals and a squeezed hidden state."""

    def __init__(self, hidden: int, signals: int):
        super().__init__()
        self.state = nn.Linear(hidden, STATE_WIDTH)
        self.first, self.second = nn.Linear(signals + STATE_WIDTH, WIDTH), nn.Linear(WIDTH, 2)
        self.drop = nn.Dropout(0.3)

    def forward(self, states: torch.Tensor, signals: torch.Tensor) -> torch.Tensor:
        """Log-odds [rows, 2]. states: normalised, signals: standardised."""
        both = torch.cat([torch.tanh(self.state(self.drop(states))), signals], -1)
        return self.second(self.drop(gelu(self.first(both))))


@dataclass(frozen=True)
class Controller:
    """Networks and trees, and by what signals are standardised for the former, [signals]."""

    members: list[Network]
    leave: lightgbm.Booster
    right: lightgbm.Booster
    mean: torch.Tensor
    deviation: torch.Tensor

    @torch.no_grad()
    def odds(self, data: Data) -> np.ndarray:
        """Log-odds of leaving and of being right, [tokens, exits, 2]."""
        parts = []
        for at in range(0, len(data.states), 2048):
            states = data.states[at : at + 2048].float()
            signals = (data.signals[at : at + 2048] - self.mean) / self.deviation
            parts.append(sum(member(states, signals) for member in self.members) / len(self.members))
        odds = torch.cat(parts).numpy()
        rows = data.signals.flatten(0, 1).numpy()
        by_trees = [
            np.asarray(trees.predict(rows, raw_score=True)).reshape(odds.shape[:2])
            for trees in (self.leave, self.right)
        ]
        return (odds + np.stack(by_trees, -1)) / 2
