"""What training computes of the columns that the product computes too (server/src/merge), and what LightGBM says of the trees
that ship as ONNX. Numbers are made up; the columns' names are those of the ranker that ships.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from ..merge import certainty, joint, network_columns, side_preference
from ..merge.rank_trees import softmax
from ..merge.recalibrate import apply_line
from ..merge.records import Records
from .lightgbm_text import booster_of

SIZES = (4, 2, 6)
ROWS = 24
# Conflicts of a merge, with the one that is asked about: alone, with few others, and with more than are counted.
MERGES = (1, 4, 30)


def merge_columns(folder: Path) -> dict:
    """folder: models/lacuna-merge."""
    ranker = json.loads((folder / 'model.json').read_text(encoding='utf-8'))['ranker']
    random = np.random.default_rng(29)
    preference = side_preference.COLUMNS + joint.COLUMNS
    own = [name for name in ranker['columns'] if name not in preference]
    return {
        'columns': ranker['columns'],
        'softmax': _softmax(random),
        'network': _network(own, random),
        'leaning': [_preference(conflicts, random) for conflicts in MERGES],
        'certainty': _certainty(ranker['columns'], random),
        'calibration': _calibration(ranker['calibration']),
        'trees': _trees(folder / ranker['trees'], ranker['columns'], random),
        'sides': _trees(folder / ranker['sides']['trees'], ranker['sides']['columns'], random),
    }


def _softmax(random: np.random.Generator) -> dict:
    scores = random.normal(0, 3, 5).astype(np.float32)
    return {'scores': scores.tolist(), 'probabilities': softmax(scores.astype(float), np.array([5])).tolist()}


def _table(names: list[str], random: np.random.Generator) -> np.ndarray:
    """float32 [rows of SIZES, names]: ways are 0 or 1, "none of these" has -9 throughout."""
    table = random.normal(0, 2, (sum(SIZES), len(names))).round(3)
    ways = [at for at, name in enumerate(names) if name.startswith('way.')]
    table[:, ways] = random.random((len(table), len(ways))) > 0.7
    table[np.cumsum(SIZES) - 1] = -9
    return table.astype(np.float32)


def _network(names: list[str], random: np.random.Generator) -> list[dict]:
    features = _table(names, random)
    hunks = [{'candidates': size - 1, 'right': []} for size in SIZES]
    records = Records(hunks, names, [], features, np.zeros((len(SIZES), 1, 1)), np.zeros((len(SIZES), 1, 1)))
    ways, _ = records.ways()
    patterns = random.normal(0, 3, (len(SIZES), 9)).astype(np.float32)
    logits = random.normal(0, 5, (len(SIZES), len(ways))).astype(np.float32)
    columns = network_columns.columns_of(records, patterns, logits)
    return [
        {
            'table': features[rows].tolist(),
            'patterns': patterns[hunk].tolist(),
            'ways': logits[hunk].tolist(),
            'columns': columns[rows].tolist(),
        }
        for hunk, rows in enumerate(_rows_of_hunks())
    ]


def _rows_of_hunks() -> list[slice]:
    ends = np.cumsum(SIZES)
    return [slice(int(end - size), int(end)) for size, end in zip(SIZES, ends, strict=True)]


def _preference(conflicts: int, random: np.random.Generator) -> dict:
    """scores: what the trees say of each conflict, [conflicts, 2]; joint: what the networks say of the first one."""
    scores = random.normal(0, 2, (conflicts, 2)).astype(np.float32)
    together = random.normal(0, 2, (1, 2)).astype(np.float32)
    nothing = np.zeros(conflicts)
    of_sides = side_preference.Sides({'first': 0}, nothing, np.zeros(conflicts, int), nothing, nothing, nothing, [])
    records = Records([{'id': 'first', 'candidates': 0, 'right': []}], [], [], nothing, nothing, nothing)
    told = side_preference.columns_of(side_preference.chances_of(scores.astype(float)), of_sides, records)[0]
    values = [*told.tolist(), *side_preference.chances_of(together.astype(float))[0].tolist()]
    return {'scores': scores.tolist(), 'joint': together[0].tolist(), 'values': values}


def _certainty(names: list[str], random: np.random.Generator) -> list[dict]:
    """rows: the row that the trees of certainty read, [names and certainty.COLUMNS]; from what they add, a probability."""
    table = _table(names, random)
    # Preferences are the same for all rows of a hunk; the first hunk has no siblings.
    preference = [names.index(name) for name in side_preference.COLUMNS + joint.COLUMNS]
    for rows in _rows_of_hunks():
        table[rows, preference] = table[rows.start, preference]
    table[_rows_of_hunks()[0], names.index('merge.siblings')] = 0
    table[_rows_of_hunks()[1], names.index('merge.siblings')] = 1.1
    probabilities = softmax(random.normal(0, 2, len(table)), np.array(SIZES))
    found = certainty.table_of(table.astype(float), names, probabilities, np.array(SIZES))
    added = random.normal(0, 1, len(SIZES))
    first = 1 / (1 + np.exp(-(found[:, -len(certainty.COLUMNS)] + added)))
    return [
        {
            'table': table[rows].tolist(),
            'probabilities': probabilities[rows].tolist(),
            'row': found[hunk].tolist(),
            'added': float(added[hunk]),
            'probability': float(first[hunk]),
        }
        for hunk, rows in enumerate(_rows_of_hunks())
    ]


def _calibration(line: list[list[float]]) -> dict:
    raw = np.round(np.linspace(0, 1, 21), 3)
    return {'line': line, 'raw': raw.tolist(), 'confidence': apply_line(line, raw).tolist()}


def _trees(file: Path, names: list[str], random: np.random.Generator) -> dict:
    """Rows with numbers beside thresholds of a graph's trees, and what LightGBM makes of the same trees: for one output their
    mean over the ensembles, otherwise each ensemble's sum."""
    graph = onnx.load(file).graph
    ensembles = [_arrays(node) for node in graph.node if node.op_type == 'TreeEnsemble']
    rows = np.zeros((ROWS, len(names)), np.float32)
    for feature in range(len(names)):
        asked = [
            threshold
            for trees in ensembles
            for tree in trees
            for at, threshold in zip(tree['feature'], tree['threshold'], strict=True)
            if at == feature
        ]
        # Not on a threshold: LightGBM reads one of nine digits and more from text with an error in the last place.
        beside = random.choice([-0.01, 0.01, -1, 1], ROWS)
        rows[:, feature] = random.choice(asked or [0.0], ROWS) + beside
    sums = np.stack([np.asarray(booster_of(trees, names).predict(rows.astype(float))) for trees in ensembles], 1)
    is_mean = graph.output[0].type.tensor_type.shape.dim[1].dim_value == 1
    return {'rows': rows.tolist(), 'scores': (sums.mean(1, keepdims=True) if is_mean else sums).tolist()}


def _arrays(node: onnx.NodeProto) -> list[dict]:
    """The trees of a TreeEnsemble, as holes/tree_arrays.py has them; all of its splits ask "at most"."""
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    numbers = {name: numpy_helper.to_array(given[name]).tolist() for name in ('nodes_splits', 'leaf_weights')}
    return [_array(root, given | numbers) for root in given['tree_roots']]


def _array(root: int, given: dict) -> dict:
    tree: dict[str, list] = {'feature': [], 'threshold': [], 'left': [], 'right': [], 'value': []}

    def add(node: int, is_leaf: int) -> int:
        if is_leaf:
            tree['value'].append(given['leaf_weights'][node])
            return -len(tree['value'])
        index = len(tree['feature'])
        tree['feature'].append(given['nodes_featureids'][node])
        tree['threshold'].append(given['nodes_splits'][node])
        tree['left'].append(0)
        tree['right'].append(0)
        tree['left'][index] = add(given['nodes_truenodeids'][node], given['nodes_trueleafs'][node])
        tree['right'][index] = add(given['nodes_falsenodeids'][node], given['nodes_falseleafs'][node])
        return index

    add(root, 0)
    return tree
