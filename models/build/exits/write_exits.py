"""Writes trained parts as graphs for onnxruntime, and exits.json.

usage: python -m models.build.exits.write_exits --model models/lacuna-0.5b --work DIR [--layers 18,20,22]

WORK holds what train_heads.py and controller.py left. Without a controller the folder serves for recording its signals.
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, ValueInfoProto, helper

from ..convert.graph import Graph
from ..convert.shards import Shards
from ..quantise.blocks import round_to_nearest
from .sizes import EPSILON, SHORTLIST

BITS, BLOCK = 4, 64
SHORTLIST_FILE = 'shortlist.onnx'


def main() -> None:
    """Writes the graphs of the trained parts, and the manifest."""
    # torch is loaded here and not above, because the tests do without it.
    import torch

    options = _options()
    folder = options.model / 'exits'
    folder.mkdir(exist_ok=True)
    layers = [int(layer) for layer in options.layers.split(',')]
    hidden = json.loads((options.model / 'model.json').read_text(encoding='utf-8'))['architecture']['hidden']
    write_shortlist(options.model, SHORTLIST)
    adapters = torch.load(options.work / 'exits.pt')['module']
    for layer in layers:
        weights = {
            name.removeprefix(f'{layer}.'): w.numpy() for name, w in adapters.items() if name.startswith(f'{layer}.')
        }
        write_gated(folder, f'exit-{layer}', hidden, ['hidden'], weights)
    draft = {name: weight.numpy() for name, weight in torch.load(options.work / 'draft.pt')['module'].items()}
    write_gated(folder, 'draft', hidden, ['hidden', 'embedding'], draft)
    estimator = options.work / 'judgement.json'
    if estimator.exists():
        (folder / 'controller.onnx').write_bytes((options.work / 'controller.onnx').read_bytes())
    write_manifest(options.model, layers, SHORTLIST, json.loads(estimator.read_text()) if estimator.exists() else None)


def write_manifest(model: Path, layers: list[int], shortlist: int, estimator: dict | None) -> None:
    """Writes exits.json for the graphs that lie in the folder."""
    folder = model / 'exits'
    manifest: dict[str, Any] = {
        'format': 1,
        'model': sha256((model / 'model.json').read_bytes()).hexdigest(),
        'shortlist': {'file': SHORTLIST_FILE, 'tokens': shortlist},
        'exits': [{'layer': layer, 'file': f'exit-{layer}.onnx'} for layer in layers],
        'draft': {'file': 'draft.onnx'},
    }
    if estimator is not None:
        # The key is older than our word for it (server/src/common/trainedNames.ts).
        manifest['judgement'] = estimator
    parts = {file.name: file for file in sorted(folder.glob('*')) if file.suffix != '.json'}
    files = {SHORTLIST_FILE: model / SHORTLIST_FILE, **parts}
    manifest['files'] = {
        name: {'bytes': f.stat().st_size, 'sha256': sha256(f.read_bytes()).hexdigest()} for name, f in files.items()
    }
    (folder / 'exits.json').write_text(json.dumps(manifest, indent=2) + '\n', encoding='utf-8')
    print('wrote', folder, sum(entry['bytes'] for entry in manifest['files'].values()), 'bytes')


def write_shortlist(model: Path, tokens: int) -> None:
    """A graph over the first rows of the head's matrices, whose data stay where they are: only where they end is new."""
    parts = json.loads((model / 'model.json').read_text(encoding='utf-8'))['head']
    nodes, initialisers, outputs = [], [], []
    inputs: list[ValueInfoProto] = []
    for part in parts:
        rows = min(part['to'], tokens) - part['from']
        if rows <= 0:
            break
        graph = onnx.load(str(model / part['file']), load_external_data=False).graph
        inputs = [graph.input[0]]
        prefix = f'{part["from"]}/'
        for tensor in graph.initializer:
            tensor.name = prefix + tensor.name
            if tensor.data_location == TensorProto.EXTERNAL:
                _shorten(tensor, part['to'] - part['from'], rows)
            initialisers.append(tensor)
        for node in graph.node:
            node.name = prefix + node.name
            node.input[:] = [name if name in ('hidden', '') else prefix + name for name in node.input]
            node.output[:] = [prefix + name for name in node.output]
            for attribute in node.attribute:
                if attribute.name == 'N':
                    attribute.i = rows
            nodes.append(node)
        outputs.append(f'{prefix}logits')
    nodes.append(helper.make_node('Concat', outputs, ['logits'], name='logits/Concat', axis=-1))
    output = helper.make_tensor_value_info('logits', TensorProto.FLOAT, [1, 'p', tokens])
    graph = helper.make_graph(nodes, 'shortlist', inputs, [output], initialisers)
    opsets = [helper.make_opsetid('', 17), helper.make_opsetid('com.microsoft', 1)]
    (model / SHORTLIST_FILE).write_bytes(
        helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name='lacuna').SerializeToString(
            deterministic=True
        )
    )


def _shorten(tensor: TensorProto, rows: int, kept: int) -> None:
    """Keeps the first rows of a tensor that lies in a file; its first dimension is the rows, or holds them row by row."""
    if tensor.dims[0] % rows:
        raise ValueError(f'{tensor.name} is not laid out by rows.')
    for entry in tensor.external_data:
        if entry.key == 'length':
            entry.value = str(int(entry.value) * kept // rows)
    tensor.dims[0] = tensor.dims[0] // rows * kept


def write_gated(folder: Path, name: str, hidden: int, inputs: list[str], weights: dict[str, np.ndarray]) -> None:
    """Adapter or draft layer (heads.py): hidden_out = hidden * gain + down(silu(gate n) * up n) * size(hidden)."""
    graph = Graph(Shards(folder, name, numbered=False))
    for source in inputs:
        graph.input(source, [1, 'n', hidden])
    graph.output('hidden_out', [1, 'n', hidden])
    ones = graph.constant('ones', np.ones(hidden, np.float32))
    normalised = []
    for source in inputs:
        graph.node('SimplifiedLayerNormalization', [source, ones], [f'{source}/normalised'], axis=-1, epsilon=EPSILON)
        normalised.append(f'{source}/normalised')
    joined = normalised[0]
    if len(normalised) > 1:
        joined = 'joined'
        graph.node('Concat', normalised, [joined], axis=-1)
    gate_up = np.concatenate([weights['gated.gate.weight'], weights['gated.up.weight']])
    graph.linear(joined, 'gate_up', round_to_nearest(gate_up, BITS, BLOCK, symmetric=False))
    graph.node('Split', ['gate_up'], ['gate', 'up'], axis=-1)
    graph.node('QuickGelu', ['gate'], ['opened'], domain='com.microsoft', alpha=1.0)
    graph.node('Mul', ['opened', 'up'], ['product'])
    graph.linear('product', 'addition', round_to_nearest(weights['gated.down.weight'], BITS, BLOCK, symmetric=False))
    graph.node('Mul', ['hidden', 'hidden'], ['squares'])
    graph.node('ReduceMean', ['squares'], ['mean'], axes=[-1], keepdims=1)
    graph.node('Sqrt', ['mean'], ['size'])
    graph.node('Mul', ['addition', 'size'], ['sized'])
    graph.node('Mul', ['hidden', graph.constant('gain', weights['gain'])], ['kept'])
    graph.node('Add', ['kept', 'sized'], ['hidden_out'])
    graph.save(folder / f'{name}.onnx', name)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--model', type=Path, required=True)
    parser.add_argument('--work', type=Path, required=True)
    parser.add_argument('--layers', default='18,20,22', help='layers after which there is an exit')
    return parser.parse_args()


if __name__ == '__main__':
    main()
