"""A whole model's matrices by rounding to nearest, and the form in which either method hands its matrices on."""

from collections.abc import Callable

from ..source.read import Source
from ..source.recipe import Recipe
from .blocks import Quantised, round_to_nearest

# (layer, name such as 'attn_q') -> the quantised matrix; the calibrated method hands in its own.
LayerMatrix = Callable[[int, str], Quantised]


def rounded_layers(source: Source, recipe: Recipe) -> LayerMatrix:
    """Matrices of the layers by rounding to nearest."""

    def matrix(layer: int, name: str) -> Quantised:
        bits, block = matrix_format(recipe, name)
        return round_to_nearest(source.layer(layer, f'{name}.weight'), bits, block, recipe.symmetric)

    return matrix


def rounded_rows(source: Source, kept: list[int], recipe: Recipe) -> list[Quantised]:
    """The parts of the head by rounding to nearest, in order."""
    matrix = source.vocabulary_matrix()
    parts, start = [], 0
    for rows, bits, block in recipe.head:
        end = min(start + rows, len(kept)) if rows else len(kept)
        if end > start:
            parts.append(round_to_nearest(matrix[kept[start:end]], bits, block))
        start = end
    if start < len(kept):
        raise ValueError(f'The recipe ends the head at row {start}, but the vocabulary has {len(kept)}.')
    return parts


def further_rows(source: Source, further: list[int], recipe: Recipe) -> list[Quantised]:
    """The part of the head for tokens that are appended, or none."""
    bits, block = recipe.further
    return [round_to_nearest(source.vocabulary_matrix()[further], bits, block)] if further else []


def matrix_format(recipe: Recipe, name: str) -> tuple[int, int]:
    """Bits and block of a matrix of a layer."""
    return (recipe.kv_bits, recipe.kv_block) if name in ('attn_k', 'attn_v') else (recipe.bits, recipe.block)
