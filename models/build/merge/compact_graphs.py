"""Graphs that open quickly: the merge driver opens all of them anew for each file in conflict.

usage: python -m models.build.merge.compact_graphs FOLDER

An ensemble of trees becomes a `TreeEnsemble`, which holds numbers where a `TreeEnsembleRegressor` holds a word for each
node: a third of the bytes, opened in less than half the time. Of a network, what no input changes is computed once, here.
No score of a tree changes; those of the network may in their last digits, since the runtime no longer joins its operators
as the processor at hand likes it. train_ranker.py writes its graphs so; the program does it with a folder that an earlier
version wrote.
"""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

# The version that brings TreeEnsemble, and the format of files that knows it.
ML_OPSET = 5
IR_VERSION = 10

# How TreeEnsemble numbers what TreeEnsembleRegressor calls SUM, NONE and BRANCH_LEQ.
SUM, NONE, AT_MOST = 1, 0, 0


def main() -> None:
    """Rewrites the graphs of a folder, and what model.json says of their bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder', type=Path, help='a folder of the ranker, with model.json')
    folder = parser.parse_args().folder
    manifest = json.loads((folder / 'model.json').read_text(encoding='utf-8'))
    ranker = manifest['ranker']
    for name in (ranker['trees'], ranker['sides']['trees'], ranker['certainty']['graph']):
        onnx.save(with_compact_trees(onnx.load(folder / name)), folder / name)
    joint = folder / ranker['sides']['joint']
    onnx.save(folded(onnx.load(joint)), joint)
    manifest['files'] = described_files(folder)
    (folder / 'model.json').write_text(json.dumps(manifest, indent=1) + '\n', encoding='utf-8')


def described_files(folder: Path) -> dict[str, dict]:
    """What model.json says of the folder's graphs."""
    files = {}
    for file in sorted(folder.glob('*.onnx')):
        data = file.read_bytes()
        files[file.name] = {'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()}
    return files


def with_compact_trees(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph, its trees as TreeEnsemble; a graph that has them so already stays as it is."""
    nodes = [_compact(node) if node.op_type == 'TreeEnsembleRegressor' else node for node in model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    for operators in model.opset_import:
        if operators.domain == 'ai.onnx.ml':
            operators.version = ML_OPSET
    model.ir_version = max(model.ir_version, IR_VERSION)
    onnx.checker.check_model(model)
    return model


def _compact(node: onnx.NodeProto) -> onnx.NodeProto:
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    _check(given)
    places = list(zip(given['nodes_treeids'], given['nodes_nodeids'], strict=True))
    is_leaf = [mode == b'LEAF' for mode in given['nodes_modes']]
    values = np.array(given['nodes_values'], np.float32)
    weights = dict(
        zip(
            zip(given['target_treeids'], given['target_nodeids'], strict=True),
            given['target_weights'],
            strict=True,
        )
    )
    leaves = {place: number for number, place in enumerate(p for p, leaf in zip(places, is_leaf, strict=True) if leaf)}
    roots = _roots(places)
    # A tree that is a leaf alone is written as a split with this leaf on both sides.
    splits = {
        place: number
        for number, place in enumerate(p for p, leaf in zip(places, is_leaf, strict=True) if not leaf or p in roots)
    }
    made: dict[str, list[int]] = {name: [] for name in ('feature', 'missing', 'true', 'trueLeaf', 'false', 'falseLeaf')}
    thresholds = []
    missing = given.get('nodes_missing_value_tracks_true') or [0] * len(places)
    for at, (tree, number) in enumerate(places):
        if (tree, number) not in splits:
            continue
        children = (number, number)
        if not is_leaf[at]:
            children = (given['nodes_truenodeids'][at], given['nodes_falsenodeids'][at])
        for side, child in zip(('true', 'false'), children, strict=True):
            target = leaves.get((tree, child))
            made[side].append(splits[tree, child] if target is None else target)
            made[f'{side}Leaf'].append(int(target is not None))
        made['feature'].append(0 if is_leaf[at] else given['nodes_featureids'][at])
        made['missing'].append(0 if is_leaf[at] else missing[at])
        thresholds.append(np.float32(0) if is_leaf[at] else values[at])
    return helper.make_node(
        'TreeEnsemble',
        list(node.input),
        list(node.output),
        name=node.name,
        domain='ai.onnx.ml',
        aggregate_function=SUM,
        post_transform=NONE,
        n_targets=1,
        tree_roots=[splits[root] for root in roots],
        nodes_featureids=made['feature'],
        nodes_splits=numpy_helper.from_array(np.array(thresholds, np.float32), 'splits'),
        nodes_modes=numpy_helper.from_array(np.full(len(thresholds), AT_MOST, np.uint8), 'modes'),
        nodes_truenodeids=made['true'],
        nodes_trueleafs=made['trueLeaf'],
        nodes_falsenodeids=made['false'],
        nodes_falseleafs=made['falseLeaf'],
        nodes_missing_value_tracks_true=made['missing'],
        leaf_targetids=[0] * len(leaves),
        leaf_weights=numpy_helper.from_array(np.array([weights[leaf] for leaf in leaves], np.float32), 'weights'),
    )


def _check(given: dict) -> None:
    """Only what LightGBM's converter writes for a sum of trees is known."""
    others = set(given['nodes_modes']) - {b'LEAF', b'BRANCH_LEQ'}
    if others:
        raise ValueError(f'A split of the mode {min(others).decode()} is not known.')
    if given.get('aggregate_function', b'SUM') != b'SUM' or given.get('post_transform', b'NONE') != b'NONE':
        raise ValueError('Trees that are not added alone are not known.')
    if given.get('n_targets', 1) != 1 or any(given.get('base_values', [])):
        raise ValueError('Trees with several targets or with values to begin with are not known.')


def _roots(places: list[tuple[int, int]]) -> dict[tuple[int, int], None]:
    """The first node of each tree, in the order of the trees, in which the runtime adds them."""
    roots: dict[int, tuple[int, int]] = {}
    for tree, number in places:
        roots.setdefault(tree, (tree, number))
    return dict.fromkeys(roots.values())


def folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """What the runtime makes of the graph on every machine, before anything that depends on the processor.

    Weights are whole numbers of four bytes there: those in half precision are widened for each run otherwise, and opening
    takes longer.
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / 'folded.onnx'
        options.optimized_model_filepath = str(file)
        onnxruntime.InferenceSession(model.SerializeToString(), options, providers=['CPUExecutionProvider'])
        made = onnx.load(file)
    # The runtime names all operators that it has.
    used = {node.domain for node in made.graph.node}
    operators = [each for each in made.opset_import if each.domain in used]
    del made.opset_import[:]
    made.opset_import.extend(operators)
    onnx.checker.check_model(made)
    return made


if __name__ == '__main__':
    main()
