"""Graphs that were made to open quickly give the very numbers that they gave before."""

import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import onnx
import onnxmltools
import onnxruntime
import pytest
import torch
from onnx import helper, numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType

from models.build.merge import compact_graphs, joint
from models.build.merge.compact_graphs import folded, with_compact_trees

RANDOM = np.random.default_rng(3)
FEATURES = RANDOM.normal(0, 2, (500, 6)).astype(np.float32)
FEATURES[RANDOM.random(FEATURES.shape) < 0.1] = np.nan

# The exporter that writes graphs with fixed names says of itself that it will go.
of_old_exporter = pytest.mark.filterwarnings('ignore::DeprecationWarning')


def trees(rounds: int = 30, leaves: int = 15, rows_in_leaf: int = 5) -> onnx.ModelProto:
    target = np.nan_to_num(FEATURES[:, 0]) * np.nan_to_num(FEATURES[:, 1]) + np.nan_to_num(FEATURES[:, 2])
    parameters = {'num_leaves': leaves, 'min_data_in_leaf': rows_in_leaf, 'verbose': -1, 'num_threads': 1, 'seed': 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(FEATURES, label=target), rounds)
    types = [('features', FloatTensorType([None, FEATURES.shape[1]]))]
    return onnxmltools.convert_lightgbm(booster, name='trees', initial_types=types, target_opset=15)


def run(model: onnx.ModelProto, rows: np.ndarray, level: str = 'ENABLE_ALL') -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = getattr(onnxruntime.GraphOptimizationLevel, f'ORT_{level}')
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    (scores,) = session.run(None, {session.get_inputs()[0].name: rows})
    return scores


def operators(model: onnx.ModelProto) -> set[str]:
    return {node.op_type for node in model.graph.node}


@pytest.mark.parametrize('rows', [1, 7, 500])
def test_compact_trees_give_the_same_scores_bit_for_bit(rows: int):
    model = trees()
    before, size = run(model, FEATURES[:rows]), model.ByteSize()
    assert 'TreeEnsembleRegressor' in operators(model)
    compact = with_compact_trees(model)
    assert 'TreeEnsemble' in operators(compact) and 'TreeEnsembleRegressor' not in operators(compact)
    assert run(compact, FEATURES[:rows]).tobytes() == before.tobytes()
    assert compact.ByteSize() < size / 2


def test_trees_that_are_a_leaf_alone_give_their_leaf():
    # No leaf can hold so many rows, so that no tree splits.
    model = trees(rounds=3, rows_in_leaf=400)
    (node,) = (node for node in model.graph.node if node.op_type == 'TreeEnsembleRegressor')
    modes = next(attribute.strings for attribute in node.attribute if attribute.name == 'nodes_modes')
    assert set(modes) == {b'LEAF'}
    before = run(model, FEATURES)
    assert run(with_compact_trees(model), FEATURES).tobytes() == before.tobytes()


def test_what_is_compact_stays_as_it_is():
    once = with_compact_trees(trees())
    bytes_once = once.SerializeToString()
    assert with_compact_trees(once).SerializeToString() == bytes_once


def test_trees_of_another_kind_are_refused():
    model = trees()
    (node,) = (node for node in model.graph.node if node.op_type == 'TreeEnsembleRegressor')
    modes = next(attribute for attribute in node.attribute if attribute.name == 'nodes_modes')
    modes.strings[0] = b'BRANCH_LT'
    with pytest.raises(ValueError, match='BRANCH_LT'):
        with_compact_trees(model)


def network(tmp_path: Path) -> onnx.ModelProto:
    torch.manual_seed(4)
    settings = joint.JointSettings(width=16, layers=1, heads=2)
    model = joint.JointMean([joint.Joint(settings, np.zeros(6), np.ones(6))]).eval()
    file = tmp_path / 'network.onnx'
    torch.onnx.export(
        model,
        (torch.zeros(1, 3, 6),),
        str(file),
        input_names=['features'],
        output_names=['scores'],
        dynamic_axes={'features': {1: 'conflicts'}, 'scores': {1: 'conflicts'}},
        opset_version=17,
        dynamo=False,
    )
    return onnx.load(file)


@of_old_exporter
def test_a_folded_network_gives_the_same_and_has_nothing_left_to_fold(tmp_path: Path):
    model = network(tmp_path)
    made = folded(model)
    assert 'Constant' in operators(model) and 'Constant' not in operators(made)
    assert len(made.graph.node) < len(model.graph.node)
    assert {each.domain for each in made.opset_import} <= {'', 'ai.onnx'}
    for conflicts in (1, 5):
        rows = np.nan_to_num(FEATURES[None, :conflicts])
        # The server opens it without any optimisation.
        assert run(made, rows, 'DISABLE_ALL').tobytes() == run(model, rows, 'ENABLE_BASIC').tobytes()


@of_old_exporter
def test_a_folder_is_rewritten_with_what_its_manifest_says(tmp_path: Path, monkeypatch):
    for name in ('trees', 'sides', 'certainty'):
        onnx.save(trees(rounds=3), tmp_path / f'{name}.onnx')
    onnx.save(network(tmp_path), tmp_path / 'joint.onnx')
    (tmp_path / 'network.onnx').unlink()
    ranker = {
        'trees': 'trees.onnx',
        'sides': {'trees': 'sides.onnx', 'joint': 'joint.onnx'},
        'certainty': {'graph': 'certainty.onnx'},
    }
    (tmp_path / 'model.json').write_text(json.dumps({'name': 'kept', 'ranker': ranker, 'files': {}}))
    monkeypatch.setattr(sys, 'argv', ['compact_graphs', str(tmp_path)])
    compact_graphs.main()
    manifest = json.loads((tmp_path / 'model.json').read_text())
    assert manifest['name'] == 'kept' and manifest['ranker'] == ranker
    assert {name: given['bytes'] for name, given in manifest['files'].items()} == {
        file.name: file.stat().st_size for file in tmp_path.glob('*.onnx')
    }
    assert 'TreeEnsemble' in operators(onnx.load(tmp_path / 'sides.onnx'))
    assert 'Constant' not in operators(onnx.load(tmp_path / 'joint.onnx'))


def test_thresholds_are_kept_to_the_last_bit():
    model = trees()
    (old,) = (node for node in model.graph.node if node.op_type == 'TreeEnsembleRegressor')
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in old.attribute}
    splits = [value for value, mode in zip(given['nodes_values'], given['nodes_modes'], strict=True) if mode != b'LEAF']
    (node,) = (node for node in with_compact_trees(model).graph.node if node.op_type == 'TreeEnsemble')
    made = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    assert numpy_helper.to_array(made['nodes_splits']).tobytes() == np.array(splits, np.float32).tobytes()
