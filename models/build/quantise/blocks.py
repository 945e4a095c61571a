"""Rounds matrices to 4 or 8 bits in blocks along a row, and lays them out as onnxruntime's MatMulNBits reads them.

A block holds `block` neighbouring inputs of one output; its values are (code - zero point) x scale. Scales are rounded to
float16, the form in which they are stored, before the codes are chosen, so that the rounding costs nothing twice.
"""

from dataclasses import dataclass

import numpy as np

# Shrinking the range of a block clips its peak but serves the other values better; the factor is searched.
SHRINK = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76)


@dataclass(frozen=True)
class Quantised:
    """A matrix [rows, columns] in blocks.

    codes: uint8 [rows, blocks * block], the columns behind the last one are padding.
    scales: float16 [rows, blocks]. zero_points: uint8 [rows, blocks], or None for the middle of the range.
    """

    codes: np.ndarray
    scales: np.ndarray
    zero_points: np.ndarray | None
    bits: int
    block: int
    columns: int

    @property
    def rows(self) -> int:
        return len(self.codes)

    @property
    def blocks(self) -> int:
        return self.scales.shape[1]

    def packed(self) -> np.ndarray:
        """Codes as uint8 [rows, blocks, block * bits / 8]; of two 4-bit codes the first is in the low nibble."""
        return _pack(self.codes, self.bits).reshape(self.rows, self.blocks, -1)

    def packed_zero_points(self) -> np.ndarray | None:
        """Zero points as uint8 [rows, bytes], each row padded to a whole byte."""
        if self.zero_points is None:
            return None
        odd = self.bits == 4 and self.blocks % 2
        return _pack(np.pad(self.zero_points, ((0, 0), (0, 1))) if odd else self.zero_points, self.bits)

    def dequantised(self) -> np.ndarray:
        """The values that the codes stand for, float32 [rows, columns]."""
        zero = (
            np.float32(1 << (self.bits - 1))
            if self.zero_points is None
            else self.zero_points[..., None].astype(np.float32)
        )
        codes = self.codes.reshape(self.rows, self.blocks, self.block).astype(np.float32)
        values = (codes - zero) * self.scales[..., None].astype(np.float32)
        return values.reshape(self.rows, -1)[:, : self.columns]

    def slice_rows(self, start: int, end: int) -> 'Quantised':
        zero_points = None if self.zero_points is None else self.zero_points[start:end]
        return Quantised(
            self.codes[start:end], self.scales[start:end], zero_points, self.bits, self.block, self.columns
        )


def stack(parts: list[Quantised]) -> Quantised:
    """One matrix with the rows of several, which must share bits, block, columns and kind of zero point."""
    first = parts[0]
    if any(
        (p.bits, p.block, p.columns, p.zero_points is None)
        != (first.bits, first.block, first.columns, first.zero_points is None)
        for p in parts
    ):
        raise ValueError('Only matrices quantised alike can be stacked.')
    return Quantised(
        np.concatenate([p.codes for p in parts]),
        np.concatenate([p.scales for p in parts]),
        None if first.zero_points is None else np.concatenate([p.zero_points for p in parts]),
        first.bits,
        first.block,
        first.columns,
    )


def round_to_nearest(matrix: np.ndarray, bits: int, block: int, symmetric: bool = True) -> Quantised:
    """Each block gets the scale, out of a few, that leaves the least squared error.

    matrix: float32 [rows, columns]. Symmetric blocks have their zero point in the middle of the range and may have a
    negative scale, so that the value furthest from zero meets the end of the range that reaches further.
    """
    rows, columns = matrix.shape
    blocks = -(-columns // block)
    values = np.pad(matrix, ((0, 0), (0, blocks * block - columns))).reshape(rows, blocks, block)
    least = np.full((rows, blocks), np.inf, np.float32)
    codes = np.zeros(values.shape, np.uint8)
    scales, zero_points = np.zeros((rows, blocks), np.float16), np.zeros((rows, blocks), np.uint8)
    for shrink in SHRINK:
        tried_scales, tried_zero_points = block_scales(values, bits, symmetric, shrink)
        tried_codes = round_codes(values, tried_scales, tried_zero_points, bits)
        restored = (tried_codes - tried_zero_points[..., None].astype(np.float32)) * tried_scales[..., None].astype(
            np.float32
        )
        error = ((restored - values) ** 2).sum(-1)
        better = error < least
        least[better], codes[better] = error[better], tried_codes[better]
        scales[better], zero_points[better] = tried_scales[better], tried_zero_points[better]
    return Quantised(codes.reshape(rows, -1), scales, None if symmetric else zero_points, bits, block, columns)


def block_scales(values: np.ndarray, bits: int, symmetric: bool, shrink: float) -> tuple[np.ndarray, np.ndarray]:
    """Scales (float16) and zero points (uint8) [..., blocks] for values [..., blocks, block] at one shrink factor."""
    top, half = (1 << bits) - 1, 1 << (bits - 1)
    if symmetric:
        peak = np.take_along_axis(values, np.abs(values).argmax(-1)[..., None], -1)[..., 0]
        scales = _storable(peak / -half * shrink)
        return scales, np.full(scales.shape, half, np.uint8)
    low, high = np.minimum(values.min(-1), 0), np.maximum(values.max(-1), 0)
    scales = _storable((high - low) * shrink / top)
    zero_points = np.clip(np.rint(-low * shrink / scales.astype(np.float32)), 0, top)
    return scales, zero_points.astype(np.uint8)


def round_codes(values: np.ndarray, scales: np.ndarray, zero_points: np.ndarray, bits: int) -> np.ndarray:
    """Nearest codes of values [..., blocks, block], as whole float32 numbers within the range."""
    scaled = values / scales[..., None].astype(np.float32) + zero_points[..., None].astype(np.float32)
    return np.clip(np.rint(scaled), 0, (1 << bits) - 1)


def _storable(scales: np.ndarray) -> np.ndarray:
    stored = scales.astype(np.float16)
    # A block of zeros has any scale; one keeps the division defined.
    stored[stored == 0] = 1
    return stored


def _pack(codes: np.ndarray, bits: int) -> np.ndarray:
    if bits == 8:
        return codes
    return (codes[:, 0::2] | (codes[:, 1::2] << 4)).astype(np.uint8)
