"""Converts the tiny random model and compares what the graphs compute with the same arithmetic in plain numpy."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.build.convert.convert import convert
from models.build.convert.run import Model
from models.build.convert.shards import PAGE
from models.build.quantise.blocks import round_to_nearest
from models.build.source.read import Source, sha256
from models.build.source.recipe import Recipe, cut_into_segments
from models.build.source.tiny import write_tiny_gguf
from models.build.source.vocabulary import choose

TEXT = 'def value(self):\n    return self.value\n'
EIGHT_BITS = Recipe(bits=8, block=32, kv_bits=8, kv_block=32, head=((0, 8, 32),))
MIXED = Recipe(bits=4, block=32, symmetric=False, kv_bits=8, kv_block=32, head=((64, 8, 32), (0, 4, 32)))


@pytest.fixture(scope='module')
def source(tmp_path_factory) -> Source:
    file = tmp_path_factory.mktemp('tiny') / 'tiny.gguf'
    write_tiny_gguf(file)
    return Source(file)


def converted(source: Source, recipe: Recipe, folder: Path) -> Model:
    convert(source, source.vocabulary.used(), recipe, folder, name='tiny', version='0.0.0', origin={})
    return Model(folder, threads=1)


def test_graphs_compute_what_numpy_computes(source, tmp_path):
    model = converted(source, EIGHT_BITS, tmp_path / 'model')
    ids = model.tokenizer.encode(TEXT).ids
    logits = model.logits(model.advance(ids, model.empty_cache()))
    expected = numpy_logits(source, ids)
    # Inputs of every product are rounded to 8 bits as well, so the graphs cannot be closer than a few hundredths.
    assert np.abs(logits - expected).mean() < 0.03 * expected.std()
    assert np.mean(logits.argmax(-1) == expected.argmax(-1)) > 0.9


def test_four_bits_stay_near(source, tmp_path):
    model = converted(source, MIXED, tmp_path / 'model')
    ids = model.tokenizer.encode(TEXT).ids
    logits = model.logits(model.advance(ids, model.empty_cache()))
    assert np.corrcoef(logits.ravel(), numpy_logits(source, ids).ravel())[0, 1] > 0.95


def test_two_chunks_equal_one(source, tmp_path):
    model = converted(source, MIXED, tmp_path / 'model')
    ids = model.tokenizer.encode(TEXT).ids
    at_once = model.logits(model.advance(ids, model.empty_cache()))
    cache = model.empty_cache()
    chunks = [model.logits(model.advance(part, cache)) for part in (ids[:5], ids[5:])]
    np.testing.assert_allclose(np.concatenate(chunks), at_once, atol=1e-3)


def test_folder_is_described_exactly(source, tmp_path):
    folder = tmp_path / 'model'
    manifest = converted(source, MIXED, folder).manifest
    files = {file.name for file in folder.iterdir()} - {'model.json'}
    assert set(manifest['files']) == files
    assert all(manifest['files'][name]['sha256'] == sha256(folder / name) for name in files)
    assert [(part['from'], part['to']) for part in manifest['head']] == [(0, 64), (64, len(source.vocabulary.used()))]
    for part in manifest['embedding']:
        assert part['weights']['offset'] % PAGE == 0 and part['scales']['offset'] % PAGE == 0
    assert json.loads((folder / 'tokenizer.json').read_text(encoding='utf-8'))['model']['type'] == 'BPE'


def test_conversion_gives_the_same_bytes_again(source, tmp_path):
    first, second = (converted(source, MIXED, tmp_path / name).manifest['files'] for name in ('first', 'second'))
    assert first == second


def test_embedding_holds_the_rows_of_the_head(source, tmp_path):
    rows = converted(source, EIGHT_BITS, tmp_path / 'model').embedding()
    matrix = source.vocabulary_matrix()
    assert rows.shape == matrix.shape
    assert np.abs(rows - matrix).max() < np.abs(matrix).max() / 100


@pytest.mark.parametrize('bits', [4, 8])
@pytest.mark.parametrize('symmetric', [True, False])
def test_rounding_stays_within_its_steps(bits, symmetric):
    matrix = np.random.default_rng(3).standard_normal((6, 80)).astype(np.float32)
    rounded = round_to_nearest(matrix, bits, 32, symmetric)
    step = np.abs(rounded.scales.astype(np.float32)).repeat(32, axis=1)[:, :80]
    error = np.abs(rounded.dequantised() - matrix)
    assert error.mean() < step.mean() / 2
    assert rounded.packed().shape == (6, 3, 16 if bits == 4 else 32)


def test_vocabulary_is_closed_and_sorted_by_frequency(source):
    kept = choose(source.vocabulary, {'python': [TEXT * 3, 'const value = 1;\n']}, 12)
    tokens = [source.vocabulary.tokens[i] for i in kept]
    specials = [source.vocabulary.tokens[i] for i in source.vocabulary.specials()]
    assert len(set(kept)) == len(kept) and set(specials) <= set(tokens)
    assert sum(len(token) == 1 for token in tokens) == 256
    merged = {a + b for a, b in source.vocabulary.merges if a in tokens and b in tokens}
    assert all(len(token) == 1 or token in merged for token in tokens if token not in specials)


@pytest.mark.parametrize(
    ('layers', 'expected'),
    [
        (4, [(0, 2), (2, 4)]),
        (24, [(0, 16), (16, 18), (18, 20), (20, 22), (22, 24)]),
        (28, [(0, 18), *((s, s + 2) for s in range(18, 28, 2))]),
    ],
)
def test_segments_cover_all_layers(layers, expected):
    assert cut_into_segments(layers) == expected


def numpy_logits(source: Source, ids: list[int]) -> np.ndarray:
    """The model in float64, written from its definition and not from the graphs."""
    shape = source.shape

    def norm(values, gain):
        return values / np.sqrt((values**2).mean(-1, keepdims=True) + shape.epsilon) * gain

    angles = np.outer(np.arange(len(ids)), shape.rope_base ** -(np.arange(0, shape.head_dim, 2) / shape.head_dim))
    cosine, sine = np.cos(angles)[:, None], np.sin(angles)[:, None]

    def rotate(values):
        first, second = np.split(values, 2, -1)
        return np.concatenate([first * cosine - second * sine, second * cosine + first * sine], -1)

    matrix = source.vocabulary_matrix().astype(np.float64)
    hidden = matrix[ids]
    mask = np.triu(np.full((len(ids), len(ids)), -np.inf), 1)
    for layer in range(shape.layers):
        inputs = norm(hidden, source.layer(layer, 'attn_norm.weight'))
        query, key, value = (
            (inputs @ source.layer(layer, f'attn_{side}.weight').T + source.layer(layer, f'attn_{side}.bias')).reshape(
                len(ids), -1, shape.head_dim
            )
            for side in 'qkv'
        )
        query, group = rotate(query), shape.heads // shape.kv_heads
        key, value = rotate(key).repeat(group, 1), value.repeat(group, 1)
        scores = np.einsum('qhd,khd->hqk', query, key) / np.sqrt(shape.head_dim) + mask
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        attended = np.einsum('hqk,khd->qhd', weights, value).reshape(len(ids), -1)
        hidden = hidden + attended @ source.layer(layer, 'attn_output.weight').T
        inputs = norm(hidden, source.layer(layer, 'ffn_norm.weight'))
        gate = inputs @ source.layer(layer, 'ffn_gate.weight').T
        product = gate / (1 + np.exp(-gate)) * (inputs @ source.layer(layer, 'ffn_up.weight').T)
        hidden = hidden + product @ source.layer(layer, 'ffn_down.weight').T
    return norm(hidden, source.weight('output_norm.weight')) @ matrix.T
