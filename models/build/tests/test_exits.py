"""Compares the graphs of exits with the same arithmetic in plain numpy, and the shipped ones with their manifest."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from models.build.exits.recordings import held_out, read
from models.build.exits.sizes import EPSILON
from models.build.exits.write_exits import write_gated, write_shortlist

ROOT = Path(__file__).parents[3]
TINY, SHIPPED = ROOT / 'server/test/fixtures/tiny-model', ROOT / 'models/lacuna-0.5b'


def run(file: Path, **feeds: np.ndarray) -> list[np.ndarray]:
    return onnxruntime.InferenceSession(str(file), providers=['CPUExecutionProvider']).run(None, feeds)


@pytest.mark.parametrize('tokens', [40, 128])
def test_the_shortlist_gives_the_logits_of_the_head(tmp_path, tokens):
    model = tmp_path / 'model'
    shutil.copytree(TINY, model)
    write_shortlist(model, tokens)
    hidden = np.random.default_rng(1).standard_normal((1, 3, 64)).astype(np.float32)
    parts = json.loads((model / 'model.json').read_text())['head']
    full = np.concatenate([run(model / part['file'], hidden=hidden)[0] for part in parts], -1)
    (short,) = run(model / 'shortlist.onnx', hidden=hidden)
    assert short.shape == (1, 3, tokens)
    np.testing.assert_allclose(short, full[..., :tokens], rtol=1e-4, atol=1e-4)


def test_a_gated_network_computes_what_was_trained(tmp_path):
    random = np.random.default_rng(2)
    hidden, width = 64, 128
    weights: dict[str, np.ndarray] = {
        'gated.gate.weight': random.standard_normal((width, 2 * hidden)).astype(np.float32) / 8,
        'gated.up.weight': random.standard_normal((width, 2 * hidden)).astype(np.float32) / 8,
        'gated.down.weight': random.standard_normal((hidden, width)).astype(np.float32) / 8,
        'gain': random.standard_normal(hidden).astype(np.float32),
    }
    write_gated(tmp_path, 'draft', hidden, ['hidden', 'embedding'], weights)
    state, embedding = random.standard_normal((2, 1, 4, hidden)).astype(np.float32) * 3

    def normalise(values):
        return values / np.sqrt((values**2).mean(-1, keepdims=True) + EPSILON)

    both = np.concatenate([normalise(state), normalise(embedding)], -1)
    gate, up = both @ weights['gated.gate.weight'].T, both @ weights['gated.up.weight'].T
    addition = (gate / (1 + np.exp(-gate)) * up) @ weights['gated.down.weight'].T
    wanted = state * weights['gain'] + addition * np.sqrt((state**2).mean(-1, keepdims=True))
    (found,) = run(tmp_path / 'draft.onnx', hidden=state, embedding=embedding)
    # Weights are rounded to 4 bits and inputs to 8.
    assert np.abs(found - wanted).mean() < 0.15 * np.abs(wanted).mean()


@pytest.mark.parametrize('model', [TINY, SHIPPED], ids=['tiny', 'shipped'])
def test_what_lies_in_the_folder_is_what_the_manifest_says(model):
    manifest = json.loads((model / 'exits/exits.json').read_text())
    assert manifest['model'] == sha256((model / 'model.json').read_bytes()).hexdigest()
    for name, entry in manifest['files'].items():
        content = (model / ('' if name == manifest['shortlist']['file'] else 'exits') / name).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (entry['bytes'], entry['sha256'])


def test_records_are_read_as_far_as_they_are_whole(tmp_path):
    line = {'row': 0, 'repo': 'a/b', 'right': True, 'tokens': [{'id': 5}, {'id': 6}]}
    (tmp_path / 'lines.jsonl').write_text(json.dumps(line) + '\n' + json.dumps({**line, 'row': 2}) + '\n{"row": 4')
    np.zeros((3, 2, 4), np.float16).tofile(tmp_path / 'states.f16')
    records = read([tmp_path], 2, 4)
    assert [len(one['states']) for one in records.lines] == [2]
    assert records.generated[0].ids.tolist() == [-1, 5]
    assert records.lines[0]['held_out'] == held_out('a/b')
