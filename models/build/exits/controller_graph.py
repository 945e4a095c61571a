"""The controller as one ONNX graph: hidden states and signals in, two log-odds out."""

from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import onnx
import onnxmltools
from onnx import TensorProto, helper, numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType

from .controller_model import Controller
from .sizes import EPSILON

OPERATORS = [helper.make_opsetid('', 17), helper.make_opsetid('ai.onnx.ml', 3)]


def write_controller(file: Path, controller: Controller) -> None:
    """One graph for the mean of the members, and of network and trees: states are normalised and signals standardised inside."""
    members, mean, deviation = controller.members, controller.mean, controller.deviation
    constants, nodes = [], []

    def constant(name: str, value: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float32)), name))
        return name

    def node(operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(operator, inputs, [output], name=f'{output}/{operator}', **attributes))
        return output

    hidden = members[0].state.in_features
    node(
        'SimplifiedLayerNormalization',
        ['hidden', constant('ones', np.ones(hidden))],
        'normalised',
        axis=-1,
        epsilon=EPSILON,
    )
    node('Sub', ['signals', constant('mean', mean.numpy())], 'centred')
    node('Div', ['centred', constant('spread', deviation.numpy())], 'standardised')
    odds = []
    for i, member in enumerate(members):
        w = {name: value.detach().numpy() for name, value in member.named_parameters()}

        def linear(source: str, layer: str, output: str, i: int = i, w: dict[str, np.ndarray] = w) -> str:
            weights = constant(f'{i}/{layer}.weight', w[f'{layer}.weight'])
            bias = constant(f'{i}/{layer}.bias', w[f'{layer}.bias'])
            return node('Gemm', [source, weights, bias], f'{i}/{output}', transB=1)

        state = node('Tanh', [linear('normalised', 'state', 'state')], f'{i}/tanh')
        both = node('Concat', [state, 'standardised'], f'{i}/both', axis=-1)
        opened = linear(both, 'first', 'first')
        halves = node('Div', [opened, constant(f'{i}/root', np.array(2**0.5))], f'{i}/scaled')
        erf = node('Erf', [halves], f'{i}/erf')
        one = node('Add', [erf, constant(f'{i}/one', np.array(1.0))], f'{i}/one-added')
        product = node('Mul', [opened, one], f'{i}/product')
        gelu_out = node('Mul', [product, constant(f'{i}/half', np.array(0.5))], f'{i}/gelu')
        odds.append(linear(gelu_out, 'second', 'odds'))
    total = node('Sum', odds, 'sum')
    scaled = node('Mul', [total, constant('share', np.array(1 / len(members)))], 'odds')
    names = ('leave', 'right')
    nodes.append(helper.make_node('Split', [scaled], [f'{name}/network' for name in names], name='split', axis=-1))
    half = constant('half', np.array(0.5))
    for name, trees in zip(names, (controller.leave, controller.right), strict=True):
        nodes.append(_trees_node(trees, len(mean), f'{name}/trees'))
        node('Mul', [node('Sum', [f'{name}/network', f'{name}/trees'], f'{name}/sum'), half], name)
    inputs = [
        helper.make_tensor_value_info('hidden', TensorProto.FLOAT, ['n', hidden]),
        helper.make_tensor_value_info('signals', TensorProto.FLOAT, ['n', len(mean)]),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ['n', 1]) for name in ('leave', 'right')]
    graph = helper.make_graph(nodes, 'controller', inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=OPERATORS, ir_version=8, producer_name='lacuna')
    file.write_bytes(model.SerializeToString(deterministic=True))


def _trees_node(trees: lightgbm.Booster, signals: int, output: str) -> onnx.NodeProto:
    """The trees as one operator from signals to log-odds. What is converted is the sum, not its logistic function."""
    plain = lightgbm.Booster(
        model_str=trees.model_to_string().replace('objective=binary sigmoid:1', 'objective=regression')
    )
    model = onnxmltools.convert_lightgbm(
        plain, initial_types=[('signals', FloatTensorType([None, signals]))], target_opset=15
    )
    found = next(node for node in model.graph.node if node.op_type == 'TreeEnsembleRegressor')
    found.input[:], found.output[:], found.name = ['signals'], [output], output
    return found
