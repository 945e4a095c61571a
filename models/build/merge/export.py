"""Network and trees as ONNX graphs that take little room, and the folder's manifest."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import lightgbm
import numpy as np
import onnx
import onnxmltools
import torch
from onnx import TensorProto, compose, helper, numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType

from .certainty import Certainty, CertaintyNetwork
from .compact_graphs import ML_OPSET, described_files, folded, with_compact_trees
from .encoder import Encoder
from .joint import Joint, JointMean

TREES_OPSET = 15


def export_network(network: Encoder, file: Path) -> None:
    """Writes the graph with its large weights in half precision; they are widened when it is loaded."""
    network = network.eval()
    example = torch.ones(2, network.settings.sequences, 50, dtype=torch.int32)
    axes = {'tokens': {0: 'batch', 2: 'places'}, 'edits': {0: 'batch', 2: 'places'}}
    _export(network, (example, example), axes, {'patterns': {0: 'batch'}, 'ways': {0: 'batch'}}, file)
    _halve(file)


def export_joint(networks: list[Joint], file: Path) -> None:
    """One graph for all conflicts of a merge, [1, conflicts, columns], that gives the networks' mean."""
    model = JointMean(networks).eval()
    example = torch.zeros(1, 3, len(networks[0].mean))
    _export(model, (example,), {'features': {1: 'conflicts'}}, {'scores': {1: 'conflicts'}}, file)
    onnx.save(folded(onnx.load(file)), file)


class _NetworkShare(torch.nn.Module):
    def __init__(self, networks: list[CertaintyNetwork], share: float):
        super().__init__()
        self.networks = torch.nn.ModuleList(networks)
        self.share = share

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        return torch.stack([network(table) for network in self.networks]).mean(0) * self.share


def export_certainty(certainty: Certainty, file: Path) -> None:
    """What trees and networks add together."""
    settings = certainty.settings
    export_trees(certainty.boosters, file)
    trees = onnx.load(file)
    columns = trees.graph.input[0].type.tensor_type.shape.dim[1].dim_value
    shared = _NetworkShare(certainty.networks, settings.network_share).eval()
    example = torch.zeros(2, columns)
    _export(shared, (example,), {'features': {0: 'rows'}}, {'networks': {0: 'rows'}}, file, TREES_OPSET)
    networks = compose.add_prefix(onnx.load(file), 'networks.', rename_inputs=False, rename_outputs=False)
    # The converter asks for no more than trees need.
    del trees.opset_import[:]
    trees.opset_import.extend([helper.make_opsetid('', TREES_OPSET), helper.make_opsetid('ai.onnx.ml', ML_OPSET)])
    (mean,) = (node for node in trees.graph.node if node.output == ['scores'])
    mean.output[:] = ['trees']
    share = numpy_helper.from_array(np.array([settings.trees_share], np.float32), 'share')
    trees.graph.initializer.extend([share, *networks.graph.initializer])
    trees.graph.node.extend(networks.graph.node)
    trees.graph.node.append(helper.make_node('Mul', ['trees', 'share'], ['treesShare']))
    trees.graph.node.append(helper.make_node('Add', ['treesShare', 'networks'], ['scores']))
    onnx.checker.check_model(trees)
    onnx.save(trees, file)


def _export(
    module: torch.nn.Module,
    examples: tuple[torch.Tensor, ...],
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
    file: Path,
    opset: int = 17,
) -> None:
    """inputs, outputs: their names, each with the axes of any length."""
    torch.onnx.export(
        module,
        examples,
        str(file),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=inputs | outputs,
        opset_version=opset,
        dynamo=False,
    )


def _halve(file: Path) -> None:
    """Writes large weights in half precision."""
    model = onnx.load(file)
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < 1024:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f'{name}.half'))
        casts.append(helper.make_node('Cast', [f'{name}.half'], [name], to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def export_trees(boosters: list[lightgbm.Booster], file: Path) -> None:
    """Writes several boosters that read the same columns as one graph that gives the mean of their sums."""
    _write(boosters, lambda given: helper.make_node('Mean', given, ['scores']), 1, file)


def export_sides(boosters: list[lightgbm.Booster], file: Path) -> None:
    """The same, with a column for each of them."""
    _write(boosters, lambda given: helper.make_node('Concat', given, ['scores'], axis=1), len(boosters), file)


def _write(
    boosters: list[lightgbm.Booster], join: Callable[[list[str]], onnx.NodeProto], columns: int, file: Path
) -> None:
    first, *others = [
        compose.add_prefix(_graph_of(booster), f'{number}.', rename_inputs=False)
        for number, booster in enumerate(boosters)
    ]
    given = [model.graph.output[0].name for model in (first, *others)]
    for model in others:
        first.graph.node.extend(model.graph.node)
    first.graph.node.append(join(given))
    del first.graph.output[:]
    first.graph.output.append(helper.make_tensor_value_info('scores', TensorProto.FLOAT, [None, columns]))
    # The converter collects them in a set, whose order changes from run to run.
    operators = sorted(first.opset_import, key=lambda each: each.domain)
    del first.opset_import[:]
    first.opset_import.extend(operators)
    onnx.save(with_compact_trees(first), file)


def _graph_of(booster: lightgbm.Booster) -> onnx.ModelProto:
    """The objective is ours or adds a function that we apply, and the converter knows neither; the sum is the same without."""
    text = booster.model_to_string()
    text = re.sub(r'^objective=.*\n', '', text, flags=re.M)
    text = re.sub(r'\[objective: \w+\]', '[objective: regression]', text)
    text = text.replace('\nfeature_names=', '\nobjective=regression\nfeature_names=', 1)
    plain = lightgbm.Booster(model_str=text)
    types = [('features', FloatTensorType([None, plain.num_feature()]))]
    # A name is made up at random otherwise, and no two runs give the same file.
    return onnxmltools.convert_lightgbm(plain, name='trees', initial_types=types, target_opset=TREES_OPSET)


def write_manifest(folder: Path, version: str, ranker: dict) -> None:
    """Writes model.json about everything that lies in the folder, so it comes last."""
    manifest = {
        'format': 1,
        'name': 'lacuna-merge',
        'version': version,
        'licence': 'Apache-2.0',
        'ranker': ranker,
        'files': described_files(folder),
    }
    (folder / 'model.json').write_text(json.dumps(manifest, indent=1) + '\n', encoding='utf-8')
