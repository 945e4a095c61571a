"""The Qwen2 family in torch, layer by layer and in float32: what calibration listens to, and what variants are compared with.

Needs requirements-train.txt. Hidden states are [tokens, hidden] of one sequence; sequences are never batched, because
prompts differ in length and padding would cost more than batching saves on a processor.
"""

from collections.abc import Callable

import torch
from torch.nn.functional import scaled_dot_product_attention, silu

from read import Shape, Source

MATRICES = ('attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down')
SMALL = ('attn_q.bias', 'attn_k.bias', 'attn_v.bias', 'attn_norm.weight', 'ffn_norm.weight')

# Told the input of a matrix before it is used: ('attn_q', [tokens, columns]).
Listener = Callable[[str, torch.Tensor], None]


class FloatLayer:
    """One layer's weights by their GGUF names; the matrices may be replaced by quantised values."""

    def __init__(self, source: Source, number: int):
        self._shape = source.shape
        self.matrices = {name: torch.from_numpy(source.layer(number, f'{name}.weight')) for name in MATRICES}
        self.small = {name: torch.from_numpy(source.layer(number, name)) for name in SMALL}

    def run(self, hidden: torch.Tensor, rotation: tuple[torch.Tensor, torch.Tensor], listen: Listener = lambda name, values: None) -> torch.Tensor:
        """Hidden states after the layer; `rotation` comes from `rotations`."""
        return self._feed_forward(self._attention(hidden, rotation, listen), listen)

    def _attention(self, hidden: torch.Tensor, rotation: tuple[torch.Tensor, torch.Tensor], listen: Listener) -> torch.Tensor:
        normalised = normalise(hidden, self.small['attn_norm.weight'], self._shape.epsilon)
        listen('attn_q', normalised)
        query, key, value = (
            (normalised @ self.matrices[f'attn_{side}'].T + self.small[f'attn_{side}.bias'])
            .view(len(hidden), -1, self._shape.head_dim)
            .transpose(0, 1)
            for side in 'qkv'
        )
        attended = scaled_dot_product_attention(
            _rotate(query, rotation)[None], _rotate(key, rotation)[None], value[None], is_causal=True, enable_gqa=True
        )
        attended = attended[0].transpose(0, 1).reshape(len(hidden), -1)
        listen('attn_output', attended)
        return hidden + attended @ self.matrices['attn_output'].T

    def _feed_forward(self, hidden: torch.Tensor, listen: Listener) -> torch.Tensor:
        normalised = normalise(hidden, self.small['ffn_norm.weight'], self._shape.epsilon)
        listen('ffn_gate', normalised)
        product = silu(normalised @ self.matrices['ffn_gate'].T) * (normalised @ self.matrices['ffn_up'].T)
        listen('ffn_down', product)
        return hidden + product @ self.matrices['ffn_down'].T


def rotations(shape: Shape, positions: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines [positions, head dimension / 2] of the rotary position encoding."""
    frequencies = shape.rope_base ** -(torch.arange(0, shape.head_dim, 2, dtype=torch.float64) / shape.head_dim)
    angles = torch.outer(torch.arange(positions, dtype=torch.float64), frequencies)
    return angles.cos().float(), angles.sin().float()


def normalise(values: torch.Tensor, gain: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Root-mean-square norm over the last dimension."""
    return values * torch.rsqrt(values.pow(2).mean(-1, keepdim=True) + epsilon) * gain


def _rotate(values: torch.Tensor, rotation: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    cosine, sine = (part[: values.shape[1]] for part in rotation)
    first, second = values.chunk(2, -1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)
