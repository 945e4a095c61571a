"""How columns of any size become inputs of a network."""

import numpy as np
import torch


def scale_of(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation of each column, as scaled() wants them."""
    logarithms = np.sign(table) * np.log1p(np.abs(table))
    return logarithms.mean(0), logarithms.std(0) + 1e-6


def scaled(table: torch.Tensor, mean: torch.Tensor, deviation: torch.Tensor, most: float) -> torch.Tensor:
    """Logarithms with their sign, in deviations from the mean, none beyond `most`."""
    logarithms = torch.sign(table) * torch.log(1 + torch.abs(table))
    return torch.clamp((logarithms - mean) / deviation, -most, most)
