"""Reads a Qwen2-family GGUF file: shapes, weights in float32 and the byte-level BPE it was trained with.

Everything that depends on the GGUF format stays here; the rest of the pipeline sees a Source.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFReader, dequantize

# Token types of GGUF: control and user-defined tokens are specials; unused ones only pad the matrix.
NORMAL, CONTROL, USER_DEFINED = 1, 3, 4


@dataclass(frozen=True)
class Shape:
    """The sizes that the graphs need; `epsilon` belongs to the root-mean-square norms."""

    family: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    feed_forward: int
    rope_base: float
    epsilon: float
    maximum_positions: int


@dataclass(frozen=True)
class Vocabulary:
    """Byte-level BPE: token texts by id, types by id, and merges as (left, right), best first."""

    tokens: list[str]
    types: list[int]
    merges: list[tuple[str, str]]

    def specials(self) -> list[int]:
        return [i for i, kind in enumerate(self.types) if kind in (CONTROL, USER_DEFINED)]

    def used(self) -> list[int]:
        """Ids that can occur: all but the padding behind the last token."""
        return [i for i, kind in enumerate(self.types) if kind in (NORMAL, CONTROL, USER_DEFINED)]


class Source:
    """A GGUF file opened for reading; weights are dequantised when they are asked for."""

    def __init__(self, path: Path):
        self._reader = GGUFReader(path)
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self.shape = self._read_shape()
        self.vocabulary = Vocabulary(
            tokens=self._field('tokenizer.ggml.tokens'),
            types=self._field('tokenizer.ggml.token_type'),
            merges=[tuple(merge.split(' ')) for merge in self._field('tokenizer.ggml.merges')],
        )

    def weight(self, name: str) -> np.ndarray:
        """One tensor as float32, rows = outputs. Raises KeyError for a name the file does not hold."""
        tensor = self._tensors[name]
        values = (
            np.array(tensor.data) if tensor.tensor_type.name == 'F32' else dequantize(tensor.data, tensor.tensor_type)
        )
        return values.astype(np.float32).reshape(tuple(int(size) for size in reversed(tensor.shape)))

    def layer(self, number: int, name: str) -> np.ndarray:
        """A tensor of one layer, such as layer(3, 'attn_q.weight')."""
        return self.weight(f'blk.{number}.{name}')

    def vocabulary_matrix(self) -> np.ndarray:
        """Rows of the vocabulary [tokens, hidden]: head and embedding in one.

        Where a file holds the matrix twice, the head's copy is stored with more bits and is the better one.
        """
        return self.weight('output.weight' if 'output.weight' in self._tensors else 'token_embd.weight')

    def _field(self, key: str) -> Any:
        if key not in self._reader.fields:
            raise ValueError(f'The GGUF file has no field {key}.')
        return self._reader.fields[key].contents()

    def _read_shape(self) -> Shape:
        family = self._field('general.architecture')
        if family != 'qwen2':
            raise ValueError(f'This pipeline converts the Qwen2 family only; the file says {family}.')
        hidden, heads = self._field('qwen2.embedding_length'), self._field('qwen2.attention.head_count')
        return Shape(
            family=family,
            layers=self._field('qwen2.block_count'),
            hidden=hidden,
            heads=heads,
            kv_heads=self._field('qwen2.attention.head_count_kv'),
            head_dim=hidden // heads,
            feed_forward=self._field('qwen2.feed_forward_length'),
            rope_base=self._field('qwen2.rope.freq_base'),
            epsilon=self._field('qwen2.attention.layer_norm_rms_epsilon'),
            maximum_positions=min(self._field('qwen2.context_length'), 4096),
        )


def sha256(path: Path) -> str:
    """SHA-256 of a file in lower-case hexadecimal."""
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()
