"""The golden files that the TypeScript is held against are what LightGBM, torch, SciPy, bm25s and training say today."""

import json
from collections.abc import Iterator

import numpy as np
import onnxruntime
import pytest

from models.build.golden.hole_scores import FEATURES
from models.build.golden.lightgbm_text import booster_of
from models.build.golden.make import FILES, FOLDER, ROOT


def values(part: object, path: str = '') -> Iterator[tuple[str, object]]:
    """All values of a JSON text, each with its path."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from values(inner, f'{path}.{name}')
    elif isinstance(part, list):
        for at, inner in enumerate(part):
            yield from values(inner, f'{path}[{at}]')
    else:
        yield path, part


def kept(name: str) -> dict:
    return json.loads((FOLDER / name).read_text(encoding='utf-8'))


@pytest.mark.parametrize('name', FILES)
def test_a_golden_file_is_what_is_made_again(name):
    made = json.loads(json.dumps(FILES[name]()))
    ours, theirs = dict(values(kept(name))), dict(values(made))
    assert list(ours) == list(theirs)
    assert [path for path, value in ours.items() if not is_same(value, theirs[path])] == []


def is_same(ours: object, theirs: object) -> bool:
    """Sums end in other digits on another processor, and so may the last of the five decimals that weights have."""
    return ours == theirs or (isinstance(ours, float) and ours == pytest.approx(theirs, rel=1e-4, abs=2e-5))


def test_trees_that_are_put_back_into_lightgbm_give_what_they_gave():
    small = kept('smallScore.json')
    again = booster_of(small['score']['trees'], FEATURES).predict(np.array(small['rows']))
    # Their numbers were shortened in between.
    assert np.abs(again - small['trees']).max() < 1e-3


@pytest.mark.parametrize('graph', ['trees', 'sides'])
def test_the_shipped_graph_gives_what_lightgbm_gives_of_its_trees(graph):
    golden = kept('mergeColumns.json')[graph]
    session = onnxruntime.InferenceSession(str(ROOT / f'models/lacuna-merge/{graph}.onnx'))
    (scores,) = session.run(['scores'], {'features': np.array(golden['rows'], np.float32)})
    assert np.abs(scores - golden['scores']).max() < 1e-4


def test_a_golden_file_has_rows_for_both_sides_of_splits():
    for name, scores in kept('shippedScores.json').items():
        assert len(set(scores['trees'])) > len(scores['trees']) / 2, name
