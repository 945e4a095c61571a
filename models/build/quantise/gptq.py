"""Rounds one matrix so that its products, not its entries, stay close. Needs requirements-train.txt.

For inputs X [tokens, columns] the squared error of X W^T depends on X through H = X^T X alone. Columns are first rounded one
after the other, and what each lost is made up for in those still to come (GPTQ: Frantar et al., 2022). Then scales and codes
are improved in turn: scales by least squares with the codes held, each code by what all others leave of the error, as in
coordinate descent (QuantEase: Behdin et al., 2023).
"""

import numpy as np
import torch

from .blocks import SHRINK, Quantised

REFINEMENTS = 2


def calibrated(
    matrix: torch.Tensor, moment: torch.Tensor, bits: int, block: int, symmetric: bool, damping: float
) -> Quantised:
    """Quantises float32 [rows, columns] for inputs with the second moment H, float32 [columns, columns].

    The columns must be a whole number of blocks. `damping` is added to the diagonal of H, as a share of its mean, so that
    directions which the calibration hardly saw are not given away.
    """
    if matrix.shape[1] % block:
        raise ValueError(f'{matrix.shape[1]} columns are not a whole number of blocks of {block}.')
    held = moment + damping * moment.diagonal().mean() * torch.eye(len(moment))
    codes, scales, zero_points = _compensated(matrix, held, bits, block, symmetric)
    for _ in range(REFINEMENTS):
        scales = _fitted_scales(matrix, held, codes, scales, zero_points)
        _improve_codes(matrix, held, codes, scales, zero_points, bits)
    scales = _fitted_scales(matrix, held, codes, scales, zero_points)
    stored = None if symmetric else zero_points.to(torch.uint8).numpy()
    return Quantised(codes.to(torch.uint8).numpy(), scales.half().numpy(), stored, bits, block, matrix.shape[1])


def _compensated(
    matrix: torch.Tensor, moment: torch.Tensor, bits: int, block: int, symmetric: bool
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Codes [rows, columns], scales and zero points [rows, blocks], whole and storable numbers held in float32.

    A block's scales are chosen when its first column is reached, from values that the columns before have corrected.
    """
    rows, columns = matrix.shape
    values, factor, energy = matrix.clone(), _error_factor(moment), moment.diagonal()
    codes, scales, zero_points = (
        torch.empty(rows, columns),
        torch.empty(rows, columns // block),
        torch.empty(rows, columns // block),
    )
    for start in range(0, columns, block):
        end, at_block = start + block, start // block
        part, errors = values[:, start:end].clone(), torch.empty(rows, block)
        scale, zero_point = _chosen_scales(part, energy[start:end], bits, symmetric)
        for column in range(block):
            at = start + column
            code = (part[:, column] / scale + zero_point).round_().clamp_(0, (1 << bits) - 1)
            errors[:, column] = (part[:, column] - (code - zero_point) * scale) / factor[at, at]
            part[:, column:].addr_(errors[:, column], factor[at, at:end], alpha=-1)
            codes[:, at] = code
        values[:, end:].addmm_(errors, factor[start:end, end:], alpha=-1)
        scales[:, at_block], zero_points[:, at_block] = scale, zero_point
    return codes, scales, zero_points


def _error_factor(moment: torch.Tensor) -> torch.Tensor:
    """The upper Cholesky factor of the inverse moment; its rows say how an error spreads over later columns."""
    return torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(moment)), upper=True)


def _chosen_scales(
    values: torch.Tensor, energy: torch.Tensor, bits: int, symmetric: bool
) -> tuple[torch.Tensor, torch.Tensor]:
    """Scales and zero points [rows] for one block [rows, block]: of a few, those with the least error, weighed by energy."""
    top, half = (1 << bits) - 1, 1 << (bits - 1)
    peak = values.gather(1, values.abs().argmax(1, keepdim=True))[:, 0]
    low, high = values.amin(1).clamp(max=0), values.amax(1).clamp(min=0)
    least = torch.full((len(values),), np.inf)
    scales, zero_points = torch.ones(len(values)), torch.full((len(values),), float(half))
    for shrink in SHRINK:
        scale = _storable((peak / -half if symmetric else (high - low) / top) * shrink)
        zero = torch.full_like(scale, half) if symmetric else (-low * shrink / scale).round_().clamp_(0, top)
        codes = (values / scale[:, None] + zero[:, None]).round_().clamp_(0, top)
        error = (((codes - zero[:, None]) * scale[:, None] - values) ** 2) @ energy
        better = error < least
        least[better], scales[better], zero_points[better] = error[better], scale[better], zero[better]
    return scales, zero_points


def _fitted_scales(
    matrix: torch.Tensor, moment: torch.Tensor, codes: torch.Tensor, scales: torch.Tensor, zero_points: torch.Tensor
) -> torch.Tensor:
    """The scales [rows, blocks] that leave the least error with these codes: one small least-squares problem a row."""
    rows, blocks = scales.shape
    steps = codes.view(rows, blocks, -1) - zero_points[..., None]
    block = steps.shape[2]
    wanted = (steps * (matrix @ moment).view(rows, blocks, block)).sum(-1)
    system = torch.empty(rows, blocks, blocks)
    for number in range(blocks):
        reached = (steps[:, number] @ moment[number * block : (number + 1) * block]).view(rows, blocks, block)
        system[:, :, number] = (steps * reached).sum(-1)
    # A little weight on the scales as they are keeps rows of few steps solvable.
    hold = system.diagonal(dim1=1, dim2=2).mean(1)[:, None] * 1e-4 + 1e-12
    return _storable(torch.linalg.solve(system + torch.diag_embed(hold.expand(rows, blocks)), wanted + hold * scales))


def _improve_codes(
    matrix: torch.Tensor,
    moment: torch.Tensor,
    codes: torch.Tensor,
    scales: torch.Tensor,
    zero_points: torch.Tensor,
    bits: int,
) -> None:
    """Sets every code in turn to the best one given all others, in place."""
    rows, blocks = scales.shape
    block, top = codes.shape[1] // blocks, (1 << bits) - 1
    values = ((codes.view(rows, blocks, block) - zero_points[..., None]) * scales[..., None]).view(rows, -1)
    slope = (matrix - values) @ moment
    for number in range(blocks):
        start, end = number * block, (number + 1) * block
        near, changes = slope[:, start:end].clone(), torch.empty(rows, block)
        for column in range(block):
            at, scale = start + column, scales[:, number]
            code = (codes[:, at] + near[:, column] / (moment[at, at] * scale)).round_().clamp_(0, top)
            changes[:, column] = (code - codes[:, at]) * scale
            codes[:, at] = code
            near.addr_(changes[:, column], moment[at, start:end], alpha=-1)
        slope.addmm_(changes, moment[start:end], alpha=-1)


def _storable(scales: torch.Tensor) -> torch.Tensor:
    """Scales as float16 can hold them; a block of zeros has any scale, and one keeps the division defined."""
    stored = scales.half().float()
    stored[stored == 0] = 1
    return stored
