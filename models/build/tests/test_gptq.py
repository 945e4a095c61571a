"""Calibrated rounding loses less of a product than rounding to nearest, on inputs like those it was calibrated with."""

import numpy as np
import pytest
import torch

from models.build.quantise.blocks import Quantised, round_to_nearest
from models.build.quantise.gptq import calibrated
from models.build.quantise.layer_calibration import round_inputs

ROWS, COLUMNS, BLOCK = 24, 64, 32


def inputs(seed: int) -> torch.Tensor:
    """Correlated inputs [tokens, columns], as hidden states are: the same few directions carry most of them."""
    generator = torch.Generator().manual_seed(seed)
    directions = torch.randn(8, COLUMNS, generator=torch.Generator().manual_seed(1))
    return torch.randn(600, 8, generator=generator) @ directions + 0.2 * torch.randn(600, COLUMNS, generator=generator)


def lost(matrix: torch.Tensor, quantised: Quantised, given: torch.Tensor) -> float:
    return float(((given @ (matrix - torch.from_numpy(quantised.dequantised())).T) ** 2).sum())


@pytest.mark.parametrize('symmetric', [True, False])
@pytest.mark.parametrize('bits', [4, 8])
def test_products_stay_closer_than_by_rounding_to_nearest(bits, symmetric):
    matrix = torch.randn(ROWS, COLUMNS, generator=torch.Generator().manual_seed(3))
    seen, unseen = inputs(4), inputs(5)
    found = calibrated(matrix, seen.T @ seen / len(seen), bits, BLOCK, symmetric, 0.01)
    nearest = round_to_nearest(matrix.numpy(), bits, BLOCK, symmetric)
    assert found.codes.max() < 1 << bits
    assert lost(matrix, found, unseen) < 0.6 * lost(matrix, nearest, unseen)


def test_columns_that_are_no_whole_number_of_blocks_are_refused():
    with pytest.raises(ValueError, match='whole number of blocks'):
        calibrated(torch.zeros(2, 40), torch.eye(40), 4, 32, True, 0.01)


def test_inputs_are_rounded_to_127_steps_of_their_block():
    values = torch.tensor([[1.0, -0.5, 0.003, 0.0, 100.0, 1.0, 0.2, 0.0]])
    rounded = round_inputs(values, 4)
    assert torch.allclose(rounded[0, :4] * 127, torch.tensor([127.0, -64.0, 0.0, 0.0]), atol=1e-4)
    assert torch.allclose(rounded[0, 4:] * 1.27, torch.tensor([127.0, 1.0, 0.0, 0.0]), atol=1e-4)
    assert np.isfinite(round_inputs(torch.zeros(1, 4), 4).numpy()).all()
