"""The scores of holes, on records made up here: which lines teach which fold, what is exported, and that it learns."""

import json
from pathlib import Path

import lightgbm
import numpy as np
import pytest
import torch

from models.build.holes import train_scores
from models.build.holes.network import Inputs, train_network
from models.build.holes.train_scores import FOLDS, Data, train_parts, train_programs
from models.build.holes.tree_arrays import export_trees

FEATURES = ['kind', 'sum', 'length', 'language']
CATEGORICAL = ['kind', 'language']


def write_records(file: Path, lines: int = 160, seed: int = 1) -> Path:
    """Lines of 8 repositories with a few rows each; the label is told by `kind` and `sum`, with a little noise."""
    random = np.random.default_rng(seed)
    found = [json.dumps({'features': FEATURES, 'categorical': CATEGORICAL})]
    for number in range(lines):
        rows = []
        for _ in range(1 + number % 7):
            kind, language = int(random.integers(-1, 6)), int(random.integers(0, 3))
            total, length = float(-random.exponential(3)), int(random.integers(1, 60))
            logit = (2 if kind in (0, 3) else -2) + total + 4
            label = int(random.random() < 1 / (1 + np.exp(-2 * logit)))
            rows.append({'x': [kind, total, length, language], 'y': label})
        found.append(json.dumps({'repo': f'r{number % 8}', 'cut': number % 5, 'rows': rows}))
    file.write_text('\n'.join(found) + '\n', encoding='utf-8')
    return file


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(train_scores, 'ROUNDS_OF_PARTS', 12)
    monkeypatch.setattr(train_scores, 'ROUNDS_OF_PROGRAMS', 12)
    monkeypatch.setattr(train_scores, 'NETWORKS', 2)


def test_a_line_counts_once_however_many_rows_it_has(tmp_path):
    data = Data(write_records(tmp_path / 'records.jsonl'))
    assert data.x.shape == (len(data.y), len(FEATURES)) and len(data.weight) == len(data.fold) == len(data.y)
    assert data.weight.sum() == pytest.approx(160)


def test_programs_are_learned_from_lines_with_their_own_cursor(tmp_path):
    file = write_records(tmp_path / 'records.jsonl')
    own = Data(file, own_cursors_only=True)
    assert own.weight.sum() == pytest.approx(160 / 5)
    # The fold of a repository stays the same, so that scores of parts that have not seen a line are used on it.
    assert own.repositories == Data(file).repositories


def test_no_fold_learns_from_the_repositories_that_it_leaves_out(tmp_path, quick, monkeypatch):
    data = Data(write_records(tmp_path / 'records.jsonl'))
    taught = []
    train = Data.train

    def remember(self, settings, rounds, used, by_line):
        taught.append(set(self.fold[used]))
        return train(self, settings, rounds, used, by_line)

    monkeypatch.setattr(Data, 'train', remember)
    train_parts(data, tmp_path)
    assert taught == [*({*range(FOLDS)} - {fold} for fold in range(FOLDS)), {*range(FOLDS)}]
    parts = json.loads((tmp_path / 'parts-1.json').read_text())
    assert parts['features'] == FEATURES and parts['repositories'] == [f'r{i}' for i in range(8)]
    assert len(parts['trees']) == 12


def test_a_score_holds_parts_and_programs_with_trees_and_networks(tmp_path, quick, capsys):
    data = Data(write_records(tmp_path / 'records.jsonl', lines=600))
    train_parts(data, tmp_path)
    train_programs(data, tmp_path)
    score = json.loads((tmp_path / 'score.json').read_text())
    assert score['parts']['features'] == score['programs']['features'] == FEATURES
    members = score['programs']['networks']['members']
    assert [len(member['layers']) for member in members] == [3, 3]
    assert score['programs']['networks']['numbers']['places'] == [1, 2]
    assert [kind['place'] for kind in members[0]['kinds']] == [0, 3]
    # Held-out losses of trees, networks and both, beside that of who knows no more than how often a program is right.
    share = np.average(data.y, weights=data.weight)
    blind = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    losses = [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines() if 'log loss' in line]
    assert len(losses) == 3 and max(losses) < 0.95 * blind


def test_exported_trees_are_the_booster_s(tmp_path):
    data = Data(write_records(tmp_path / 'records.jsonl', lines=400))
    booster = data.train(train_scores.PARTS, 20, np.ones(len(data.y), bool), by_line=False)
    trees = export_trees(booster)
    assert any(isinstance(asked, list) for tree in trees for asked in tree['threshold'])

    def walked(tree: dict, row: np.ndarray) -> float:
        node = 0 if tree['feature'] else -1
        while node >= 0:
            given, asked = row[tree['feature'][node]], tree['threshold'][node]
            goes_left = int(given) in asked if isinstance(asked, list) else given <= asked
            node = tree['left' if goes_left else 'right'][node]
        return tree['value'][-1 - node]

    rows = data.x[:200]
    ours = np.array([sum(walked(tree, row) for tree in trees) for row in rows])
    theirs = booster.predict(rows, raw_score=True)
    # Leaves keep four digits and thresholds five, so that a row near a threshold may fall to its other side.
    assert np.abs(ours - theirs).mean() < 1e-3 and np.median(np.abs(ours - theirs)) < 1e-4


def test_a_tree_without_a_split_is_one_leaf():
    data = lightgbm.Dataset(np.zeros((30, 1)), np.arange(30) % 2)
    booster = lightgbm.train({'objective': 'binary', 'verbose': -1}, data, 1)
    (tree,) = export_trees(booster)
    assert tree['feature'] == [] and len(tree['value']) == 1


def test_inputs_are_standard_and_kinds_begin_at_none(tmp_path):
    x = Data(write_records(tmp_path / 'records.jsonl')).x
    inputs = Inputs(x, FEATURES, CATEGORICAL)
    numbers, kinds = inputs.of(x)
    assert numbers.shape == (len(x), 2) and kinds.shape == (len(x), 2)
    assert torch.allclose(numbers.mean(0), torch.zeros(2), atol=0.02) and numbers.abs().max() <= 4
    assert kinds.min() == 0 and inputs.vectors == [7, 4]
    # A kind that training has not shown is taken for the last, and a number far out is held.
    strange, kind = inputs.of(np.array([[99.0, -1e9, 1e9, 7.0]]))
    assert strange.tolist() == [[-4, 4]] and kind.tolist() == [[6, 3]]


def test_a_network_learns_and_is_the_same_for_the_same_seed(tmp_path):
    data = Data(write_records(tmp_path / 'records.jsonl', lines=300))
    inputs = Inputs(data.x, FEATURES, CATEGORICAL)
    first, again = (train_network(inputs, data.x, data.y, np.ones(len(data.y)), 5) for _ in range(2))
    assert first.export() == again.export()
    odds = first.log_odds(data.x)
    assert ((odds > 0) == (data.y == 1)).mean() > 0.75
