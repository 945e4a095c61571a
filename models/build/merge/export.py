"""Network and trees as ONNX graphs that take little room, and the folder's manifest."""

import hashlib
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

from encoder import Encoder


def export_network(network: Encoder, file: Path) -> None:
    """Writes the graph with its large weights in half precision; they are widened when it is loaded."""
    network = network.eval()
    example = torch.ones(2, network.settings.sequences, 50, dtype=torch.int32)
    axes = {'tokens': {0: 'batch', 2: 'places'}, 'edits': {0: 'batch', 2: 'places'}}
    torch.onnx.export(
        network,
        (example, example),
        str(file),
        input_names=['tokens', 'edits'],
        output_names=['patterns', 'ways'],
        dynamic_axes=axes | {'patterns': {0: 'batch'}, 'ways': {0: 'batch'}},
        opset_version=17,
        dynamo=False,
    )
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
        compose.add_prefix(_graph_of(booster), f'{number}.', rename_inputs=False) for number, booster in enumerate(boosters)
    ]
    given = [model.graph.output[0].name for model in (first, *others)]
    for model in others:
        first.graph.node.extend(model.graph.node)
    first.graph.node.append(join(given))
    del first.graph.output[:]
    first.graph.output.append(helper.make_tensor_value_info('scores', TensorProto.FLOAT, [None, columns]))
    onnx.checker.check_model(first)
    onnx.save(first, file)


def _graph_of(booster: lightgbm.Booster) -> onnx.ModelProto:
    """The objective is ours or adds a function that we apply, and the converter knows neither; the sum is the same without."""
    text = booster.model_to_string()
    text = re.sub(r'^objective=.*\n', '', text, flags=re.M)
    text = re.sub(r'\[objective: \w+\]', '[objective: regression]', text)
    text = text.replace('\nfeature_names=', '\nobjective=regression\nfeature_names=', 1)
    plain = lightgbm.Booster(model_str=text)
    types = [('features', FloatTensorType([None, plain.num_feature()]))]
    # A name is made up at random otherwise, and no two runs give the same file.
    return onnxmltools.convert_lightgbm(plain, name='trees', initial_types=types, target_opset=15)


def write_manifest(folder: Path, version: str, ranker: dict) -> None:
    """Writes model.json about everything that lies in the folder, so it comes last."""
    files = {}
    for file in sorted(folder.glob('*.onnx')):
        data = file.read_bytes()
        files[file.name] = {'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()}
    manifest = {
        'format': 1,
        'name': 'lacuna-merge',
        'version': version,
        'licence': 'Apache-2.0',
        'ranker': ranker,
        'files': files,
    }
    (folder / 'model.json').write_text(json.dumps(manifest, indent=1) + '\n', encoding='utf-8')
