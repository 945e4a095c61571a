"""The Qwen2 family in torch, layer by layer and in float32: what calibration listens to, and what variants are compared with.

Needs requirements-train.txt. Hidden states are [tokens, hidden] of all sequences behind one another; `lengths` says where
each ends.
"""

import torch
from torch.nn.functional import scaled_dot_product_attention, silu

from ..source.read import Shape, Source

MATRICES = ('attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down')
SMALL = ('attn_q.bias', 'attn_k.bias', 'attn_v.bias', 'attn_norm.weight', 'ffn_norm.weight')

Rotation = tuple[torch.Tensor, torch.Tensor]


class FloatLayer:
    """One layer's weights by their GGUF names; the matrices may be replaced by quantised values."""

    def __init__(self, source: Source, number: int):
        self.shape = source.shape
        self.matrices = {name: torch.from_numpy(source.layer(number, f'{name}.weight')) for name in MATRICES}
        self.small = {name: torch.from_numpy(source.layer(number, name)) for name in SMALL}

    def run(self, hidden: torch.Tensor, lengths: list[int], rotation: Rotation) -> torch.Tensor:
        """Hidden states after the layer."""
        normalised = normalise(hidden, self.small['attn_norm.weight'], self.shape.epsilon)
        hidden = hidden + attend(self, normalised, lengths, rotation) @ self.matrices['attn_output'].T
        normalised = normalise(hidden, self.small['ffn_norm.weight'], self.shape.epsilon)
        return hidden + self.gated(normalised) @ self.matrices['ffn_down'].T

    def gated(self, normalised: torch.Tensor) -> torch.Tensor:
        """The input of ffn_down [tokens, feed forward], from normalised states."""
        return silu(normalised @ self.matrices['ffn_gate'].T).mul_(normalised @ self.matrices['ffn_up'].T)


def attend(layer: FloatLayer, normalised: torch.Tensor, lengths: list[int], rotation: Rotation) -> torch.Tensor:
    """The input of attn_output [tokens, hidden], from normalised states; every sequence attends to itself only."""
    sides = (normalised @ layer.matrices[f'attn_{side}'].T + layer.small[f'attn_{side}.bias'] for side in 'qkv')
    attended = []
    for query, key, value in zip(*(side.split(lengths) for side in sides), strict=True):
        query, key, value = (
            part.view(len(part), -1, layer.shape.head_dim).transpose(0, 1) for part in (query, key, value)
        )
        heads = scaled_dot_product_attention(
            _rotate(query, rotation)[None], _rotate(key, rotation)[None], value[None], is_causal=True, enable_gqa=True
        )
        attended.append(heads[0].transpose(0, 1).reshape(heads.shape[2], -1))
    return torch.cat(attended)


def rotations(shape: Shape, positions: int) -> Rotation:
    """Cosines and sines [positions, head dimension / 2] of the rotary position encoding."""
    frequencies = shape.rope_base ** -(torch.arange(0, shape.head_dim, 2, dtype=torch.float64) / shape.head_dim)
    angles = torch.outer(torch.arange(positions, dtype=torch.float64), frequencies)
    return angles.cos().float(), angles.sin().float()


def normalise(values: torch.Tensor, gain: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Root-mean-square norm over the last dimension."""
    return values * torch.rsqrt(values.pow(2).mean(-1, keepdim=True) + epsilon) * gain


def _rotate(values: torch.Tensor, rotation: Rotation) -> torch.Tensor:
    cosine, sine = (part[: values.shape[1]] for part in rotation)
    first, second = values.chunk(2, -1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)
