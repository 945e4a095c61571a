"""The ranker's training from end to end, small: all stages, the folder that they make, and going on after a stop."""

import functools
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from models.build.merge import certainty, joint, side_preference, train_ranker
from models.build.tests.made_up_records import write_records


@pytest.fixture
def quick(monkeypatch):
    """Settings with which a stage takes seconds."""
    small = functools.partial(joint.JointSettings, epochs=1, width=16, layers=1, heads=2)
    monkeypatch.setattr(joint, 'JointSettings', small)
    few = functools.partial(certainty.CertaintySettings, rounds=5, epochs=1, width=8)
    monkeypatch.setattr(certainty, 'CertaintySettings', few)
    monkeypatch.setattr(side_preference, 'SideSettings', functools.partial(side_preference.SideSettings, rounds=5))


def train(monkeypatch, *arguments: str | Path) -> None:
    quick = ['--rounds', '8', '--epochs', '0.2']
    monkeypatch.setattr(sys, 'argv', ['train_ranker', *map(str, arguments), *quick])
    train_ranker.main()


@pytest.mark.parametrize('kind', ['with a network', 'trees alone'])
def test_records_become_a_folder_and_figures(kind, quick, monkeypatch, tmp_path, capsys):
    records = write_records(tmp_path / 'records', seed=1, hunks=300)
    dev = write_records(tmp_path / 'dev', seed=2, hunks=60)
    options = ['--records', records, '--dev', dev, '--work', tmp_path / 'work']
    options += ['--without-network'] if kind == 'trees alone' else []
    train(monkeypatch, *options, '--out', tmp_path / 'first')
    said = capsys.readouterr().out
    assert 'calibration' in said and 'dev, without whole files' in said
    ranker = json.loads((tmp_path / 'first/model.json').read_text())['ranker']
    graphs = {'trees.onnx', 'sides.onnx', 'joint.onnx', 'certainty.onnx'}
    graphs |= {'encoder.onnx'} if kind == 'with a network' else set()
    assert {file.name for file in (tmp_path / 'first').glob('*.onnx')} == graphs
    assert (ranker['encoder'] is None) == (kind == 'trees alone')
    session = onnxruntime.InferenceSession(str(tmp_path / 'first/trees.onnx'))
    (scores,) = session.run(['scores'], {'features': np.zeros((3, len(ranker['columns'])), np.float32)})
    assert scores.shape == (3, 1)
    assert ranker['columns'][-len(joint.COLUMNS) :] == joint.COLUMNS
    assert sum(ranker['recipe']['hunks'].values()) == 300

    # What is finished is kept, so that a second run gives the same bytes without learning it again.
    monkeypatch.setattr(train_ranker, 'train_trees', None)
    monkeypatch.setattr(joint, 'train_joint', None)
    train(monkeypatch, *options, '--out', tmp_path / 'second')
    for file in (tmp_path / 'first').iterdir():
        assert file.read_bytes() == (tmp_path / 'second' / file.name).read_bytes(), file.name


def test_no_ranker_answers_for_a_repository_that_it_has_learned(monkeypatch, tmp_path):
    records = train_ranker.load(write_records(tmp_path / 'records', seed=1, hunks=200))
    learned = np.arange(200)
    table = train_ranker.Table(records.columns, records.features)
    taught: dict[str, set[str]] = {}

    def remember(records, chosen, table, settings, seed, name, work):
        taught[name] = set(records.repositories[chosen])
        return name

    def speak(estimators, features):
        spoken = {records.repositories[np.flatnonzero(records.starts <= at)[-1]] for at in rows_of(features)}
        assert all(not spoken & taught[name] for name in estimators)
        return np.zeros(len(features))

    def rows_of(features):
        # The rows of "none of these" are all alike and tell nothing.
        candidates = features[features[:, 0] != -9]
        return [int(np.flatnonzero((records.features == row).all(1))[0]) for row in candidates]

    monkeypatch.setattr(train_ranker, 'ranker_of', remember)
    monkeypatch.setattr(train_ranker, 'score', speak)
    answered = train_ranker.crossed_answers(records, learned, table, train_ranker.TreeSettings(), tmp_path)
    assert len(taught) == side_preference.FOLDS and np.allclose(np.add.reduceat(answered, records.starts), 1)
