"""Builds the ONNX graphs: segments of layers with their cache as inputs and outputs, and parts of the head.

H is the width of the hidden state, D of one head; s counts new positions, t all, cap those the cache has room for, P
the rows of the rotation tables. Graphs use operators of onnxruntime (com.microsoft): MatMulNBits, GroupQueryAttention and the
normalisation that adds a residual on the way.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from ..quantise.blocks import Quantised
from ..source.read import Shape
from .shards import Shards, external_tensor

OPSET, IR_VERSION = 17, 8
RUNTIME = 'com.microsoft'

# 4 lets MatMulNBits round its input to 8 bits in blocks, which is what makes it fast on a processor.
ACCURACY_LEVEL = 4


@dataclass(frozen=True)
class Layer:
    """One transformer layer, ready to be written; rows of `qkv` are queries, keys, values, those of `gate_up` gate, up.

    Where keys and values are stored with other bits than queries, `qkv` holds the queries and `kv` the rest.
    """

    qkv: Quantised
    kv: Quantised | None
    qkv_bias: np.ndarray
    attention_output: Quantised
    gate_up: Quantised
    down: Quantised
    attention_norm: np.ndarray
    feed_forward_norm: np.ndarray


def write_segment(folder: Path, name: str, shape: Shape, layers: dict[int, Layer]) -> None:
    """Writes NAME.onnx and NAME-n.bin for layers {global number: layer}, in ascending order.

    Inputs: hidden float32 [1, s, H]; seqlens_k int32 [1], the total length less one; total int32 [1]; cos and sin float32
    [P, D/2]; position_ids int64 [1, s] and attention_bias float32 [1, 1, s, t], t the total length, for rows that form a
    tree; slots int64 [s], where the new rows stand in the cache; past_k_l and past_v_l float32 [1, key/value heads, cap, D].
    Outputs: hidden_out, and new_k_l and new_v_l float32 [1, key/value heads, s, D], which belong into those slots: the
    runtime would copy whole caches out of a run.
    """
    graph = Graph(Shards(folder, name))
    graph.input('hidden', [1, 's', shape.hidden])
    graph.input('seqlens_k', [1], TensorProto.INT32)
    graph.input('total', [1], TensorProto.INT32)
    graph.input('cos', ['positions', shape.head_dim // 2])
    graph.input('sin', ['positions', shape.head_dim // 2])
    _add_tree_inputs(graph)
    graph.output('hidden_out', [1, 's', shape.hidden])
    residual, addition = 'hidden', ''
    for number, layer in layers.items():
        residual, addition = _add_layer(graph, shape, number, layer, residual, addition)
    graph.node('Add', [residual, addition], ['hidden_out'])
    graph.save(folder / f'{name}.onnx', name)


def write_head(folder: Path, name: str, shape: Shape, norm: np.ndarray, rows: Quantised) -> dict:
    """Writes NAME.onnx and NAME.bin for some rows of the vocabulary; says where the rows lie for embedding look-up.

    Input: hidden float32 [1, p, H], raw from the last layer. Output: logits float32 [1, p, rows].
    """
    graph = Graph(Shards(folder, name, numbered=False))
    graph.input('hidden', [1, 'p', shape.hidden])
    graph.output('logits', [1, 'p', rows.rows])
    graph.constant('norm', norm)
    graph.node('SimplifiedLayerNormalization', ['hidden', 'norm'], ['normalised'], axis=-1, epsilon=shape.epsilon)
    places = graph.linear('normalised', 'logits', rows)
    graph.save(folder / f'{name}.onnx', name)
    return places


def _add_tree_inputs(graph: 'Graph') -> None:
    """Where a row stands, what it sees and where it is kept; zeros as bias change no bit of a plain pass and cost nothing."""
    graph.input('position_ids', [1, 's'], TensorProto.INT64)
    graph.input('attention_bias', [1, 1, 's', 't'])
    graph.input('slots', ['s'], TensorProto.INT64)


def _add_layer(
    graph: 'Graph', shape: Shape, number: int, layer: Layer, residual: str, addition: str
) -> tuple[str, str]:
    """Adds one layer; the sum of what it returns, residual and addition, is its output.

    The sum is left to the next layer, whose normalisation adds and normalises in one operator.
    """

    def at(name: str) -> str:
        return f'layer_{number}/{name}'

    cache = [1, shape.kv_heads, 'cap', shape.head_dim]
    for side in ('k', 'v'):
        graph.input(f'past_{side}_{number}', cache)
        graph.output(f'new_{side}_{number}', [1, shape.kv_heads, 's', shape.head_dim])

    residual, normalised = graph.add_and_normalise(
        at('attention_norm'), residual, addition, layer.attention_norm, shape.epsilon
    )
    queries = shape.heads * shape.head_dim
    if layer.kv is None:
        graph.linear(normalised, at('qkv'), layer.qkv, layer.qkv_bias)
        projected = [at('qkv'), '', '']
    else:
        graph.linear(normalised, at('q'), layer.qkv, layer.qkv_bias[:queries])
        graph.linear(normalised, at('kv'), layer.kv, layer.qkv_bias[queries:])
        graph.node('Split', [at('kv')], [at('k'), at('v')], axis=-1)
        projected = [at('q'), at('k'), at('v')]
    graph.node(
        'GroupQueryAttention',
        [
            *projected,
            f'past_k_{number}',
            f'past_v_{number}',
            'seqlens_k',
            'total',
            'cos',
            'sin',
            'position_ids',
            'attention_bias',
        ],
        [at('attended'), f'present_k_{number}', f'present_v_{number}'],
        domain=RUNTIME,
        num_heads=shape.heads,
        kv_num_heads=shape.kv_heads,
        do_rotary=1,
    )
    for side in ('k', 'v'):
        graph.node('Gather', [f'present_{side}_{number}', 'slots'], [f'new_{side}_{number}'], axis=2)
    graph.linear(at('attended'), at('attention'), layer.attention_output)
    residual, normalised = graph.add_and_normalise(
        at('feed_forward_norm'), residual, at('attention'), layer.feed_forward_norm, shape.epsilon
    )
    graph.linear(normalised, at('gate_up'), layer.gate_up)
    graph.node('Split', [at('gate_up')], [at('gate'), at('up')], axis=-1)
    # With a factor of one, x * sigmoid(factor * x) is the SiLU of the Qwen2 family.
    graph.node('QuickGelu', [at('gate')], [at('opened')], domain=RUNTIME, alpha=1.0)
    graph.node('Mul', [at('opened'), at('up')], [at('product')])
    graph.linear(at('product'), at('feed_forward'), layer.down)
    return residual, at('feed_forward')


class Graph:
    """Collects nodes and tensors of one graph, then saves them."""

    def __init__(self, shards: Shards):
        self._shards = shards
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._inputs: list[ValueInfoProto] = []
        self._outputs: list[ValueInfoProto] = []

    def input(self, name: str, dimensions: list, kind: int = TensorProto.FLOAT) -> None:
        self._inputs.append(helper.make_tensor_value_info(name, kind, dimensions))

    def output(self, name: str, dimensions: list) -> None:
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, dimensions))

    def node(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> None:
        name = (outputs[0] or outputs[-1]) + '/' + operator
        self._nodes.append(helper.make_node(operator, inputs, outputs, name=name, **attributes))

    def constant(self, name: str, array: np.ndarray) -> str:
        """A small tensor, kept inside the graph's file."""
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def external(self, name: str, array: np.ndarray) -> dict:
        """A large tensor, kept beside the graph's file; says where."""
        place = self._shards.add(array)
        self._constants.append(external_tensor(name, array, place))
        return place

    def linear(self, source: str, target: str, matrix: Quantised, bias: np.ndarray | None = None) -> dict:
        """target = source x matrix^T + bias; says where weights, scales and zero points lie."""
        weights, scales, zero_points = f'{target}/weights', f'{target}/scales', ''
        places = {
            'weights': self.external(weights, matrix.packed()),
            'scales': self.external(f'{scales}16', matrix.scales),
            'zeroPoints': None,
        }
        # onnxruntime folds the cast when it loads the graph, so float16 halves the file and costs nothing in a run.
        self.node('Cast', [f'{scales}16'], [scales], to=TensorProto.FLOAT)
        packed = matrix.packed_zero_points()
        if packed is not None:
            zero_points = f'{target}/zero_points'
            places['zeroPoints'] = self.external(zero_points, packed)
        inputs = [
            source,
            weights,
            scales,
            zero_points,
            '',
            '' if bias is None else self.constant(f'{target}/bias', bias),
        ]
        while inputs[-1] == '':
            inputs.pop()
        self.node(
            'MatMulNBits',
            inputs,
            [target],
            domain=RUNTIME,
            K=matrix.columns,
            N=matrix.rows,
            bits=matrix.bits,
            block_size=matrix.block,
            accuracy_level=ACCURACY_LEVEL,
        )
        return places

    def add_and_normalise(
        self, name: str, residual: str, addition: str, gain: np.ndarray, epsilon: float
    ) -> tuple[str, str]:
        """(residual + addition, its normalised form); the first layer of a segment has nothing to add."""
        gain_name = self.constant(f'{name}/gain', gain)
        if addition == '':
            self.node('SimplifiedLayerNormalization', [residual, gain_name], [name], axis=-1, epsilon=epsilon)
            return residual, name
        total = f'{name}/sum'
        self.node(
            'SkipSimplifiedLayerNormalization',
            [residual, addition, gain_name],
            [name, '', '', total],
            domain=RUNTIME,
            epsilon=epsilon,
        )
        return total, name

    def save(self, file: Path, name: str) -> None:
        self._shards.close()
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, self._constants)
        opsets = [helper.make_opsetid('', OPSET), helper.make_opsetid(RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name='lacuna')
        file.write_bytes(model.SerializeToString(deterministic=True))
