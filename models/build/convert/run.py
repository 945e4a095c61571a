"""Runs a model folder the way the extension does: look up rows, chain the segments, then the head. For measuring and tests."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


@dataclass
class Cache:
    """Keys and values of the positions seen so far, by the names of the graphs' inputs."""

    length: int
    past: dict[str, np.ndarray]


class Model:
    """A model folder, opened for reading by onnxruntime."""

    def __init__(self, folder: Path, threads: int = 2):
        self.manifest = json.loads((folder / 'model.json').read_text(encoding='utf-8'))
        self.tokenizer = Tokenizer.from_file(str(folder / self.manifest['tokenizer']))
        shape = self.manifest['architecture']
        self._shape = shape
        self._embedding = np.concatenate([_rows(folder, part, shape['hidden']) for part in self.manifest['embedding']])
        self._segments = [_open(folder / part['file'], threads) for part in self.manifest['segments']]
        self._head = [_open(folder / part['file'], threads) for part in self.manifest['head']]
        dimensions = np.arange(0, shape['headDim'], 2) / shape['headDim']
        angles = np.outer(np.arange(shape['maximumPositions']), shape['ropeBase'] ** -dimensions)
        self._rotation = {'cos': np.cos(angles).astype(np.float32), 'sin': np.sin(angles).astype(np.float32)}

    def empty_cache(self) -> Cache:
        nothing = np.zeros((1, self._shape['kvHeads'], 0, self._shape['headDim']), np.float32)
        return Cache(0, {f'past_{side}_{layer}': nothing for layer in range(self._shape['layers']) for side in 'kv'})

    def advance(self, ids: list[int], cache: Cache) -> np.ndarray:
        """Appends tokens; returns the last layer's hidden states, float32 [1, tokens, hidden]."""
        hidden = self._embedding[ids][None]
        total = cache.length + len(ids)
        common = {
            'seqlens_k': np.array([total - 1], np.int32),
            'total': np.array([total], np.int32),
            **self._rotation,
            **self._tree_inputs(cache.length, len(ids)),
        }
        for segment in self._segments:
            past = {i.name: cache.past[i.name] for i in segment.get_inputs() if i.name.startswith('past_')}
            names = [output.name for output in segment.get_outputs()]
            outputs = dict(zip(names, segment.run(names, {'hidden': hidden, **common, **past}), strict=True))
            hidden = outputs.pop('hidden_out')
            for name, rows in outputs.items():
                place = name.replace('new_', 'past_').replace('present_', 'past_')
                # Graphs from before `slots` give back the whole cache.
                cache.past[place] = np.concatenate([past[place], rows], 2) if name.startswith('new_') else rows
        cache.length = total
        return hidden

    def _tree_inputs(self, past: int, count: int) -> dict[str, np.ndarray]:
        """Of rows that follow each other, as far as the graphs take them: older ones lack some."""
        slots = np.arange(past, past + count, dtype=np.int64)
        inputs: dict[str, np.ndarray] = {
            'position_ids': slots[None],
            'attention_bias': np.zeros((1, 1, count, past + count), np.float32),
            'slots': slots,
        }
        return {i.name: inputs[i.name] for i in self._segments[0].get_inputs() if i.name in inputs}

    def logits(self, hidden: np.ndarray) -> np.ndarray:
        """Logits float32 [positions, vocabulary] of hidden states [1, positions, hidden]."""
        return np.concatenate([head.run(['logits'], {'hidden': hidden})[0][0] for head in self._head], axis=-1)

    def embedding(self) -> np.ndarray:
        """The rows of the vocabulary as the look-up sees them, float32 [vocabulary, hidden]."""
        return self._embedding


def _open(file: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Without a pause between runs the threads would spin, which takes the processor from whatever else runs.
    options.add_session_config_entry('session.intra_op.allow_spinning', '0')
    return onnxruntime.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])


def _rows(folder: Path, part: dict, columns: int) -> np.ndarray:
    rows, bits, block = part['to'] - part['from'], part['bits'], part['block']
    blocks = -(-columns // block)
    codes = _unpack(_slice(folder, part['weights']).reshape(rows, -1), bits).reshape(rows, blocks, block)
    scales = _slice(folder, part['scales']).view(np.float16).reshape(rows, blocks, 1).astype(np.float32)
    if part['zeroPoints'] is None:
        zero_points = np.array(1 << (bits - 1), np.float32)
    else:
        packed = _slice(folder, part['zeroPoints']).reshape(rows, -1)
        zero_points = _unpack(packed, bits)[:, :blocks, None].astype(np.float32)
    return ((codes.astype(np.float32) - zero_points) * scales).reshape(rows, -1)[:, :columns]


def _slice(folder: Path, place: dict) -> np.ndarray:
    return np.fromfile(folder / place['file'], np.uint8, place['bytes'], offset=place['offset'])


def _unpack(packed: np.ndarray, bits: int) -> np.ndarray:
    if bits == 8:
        return packed
    return np.stack([packed & 15, packed >> 4], -1).reshape(len(packed), -1)
