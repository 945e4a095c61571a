"""Tokens that are appended: how they are chosen, and that a folder gets them as if it had been built with them."""

import json
import shutil
from hashlib import sha256

import numpy as np
import pytest

from models.build.convert.append_tokens import append_tokens
from models.build.convert.convert import convert
from models.build.convert.run import Model
from models.build.source.further_tokens import FURTHER_FILE, choose_further, choose_line_ends
from models.build.source.read import NORMAL, Source, Vocabulary
from models.build.source.recipe import Recipe
from models.build.source.tiny import write_tiny_gguf
from models.build.source.vocabulary import KEPT_FILE, load

RECIPE = Recipe(bits=4, block=32, kv_bits=8, kv_block=32, head=((64, 8, 32), (0, 4, 32)))


@pytest.fixture(scope='module')
def source(tmp_path_factory) -> Source:
    file = tmp_path_factory.mktemp('tiny') / 'tiny.gguf'
    write_tiny_gguf(file)
    return Source(file)


def lists(source: Source) -> tuple[list[int], list[int]]:
    """The tiny model's tokens without its last ten merges, and these."""
    specials = source.vocabulary.specials()
    ordinary = [i for i in source.vocabulary.used() if i not in specials]
    return ordinary[:-10] + specials, ordinary[-10:]


def build(source: Source, kept: list[int], further: list[int], folder, version: str) -> None:
    convert(source, kept, RECIPE, folder, name='tiny', version=version, origin={}, further=further)


def test_a_folder_gets_what_it_would_have_been_built_with(source, tmp_path):
    kept, further = lists(source)
    build(source, kept, further, tmp_path / 'whole', '1.1.0')
    build(source, kept, [], tmp_path / 'grown', '1.0.0')
    before = {file.name: file.read_bytes() for file in (tmp_path / 'grown').glob('*.bin')}
    append_tokens(source, kept, further, RECIPE, tmp_path / 'grown', version='1.1.0')
    whole, grown = ({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ('whole', 'grown'))
    assert whole == grown
    assert before.items() <= grown.items() and grown.keys() > before.keys()


def test_the_rows_behind_are_those_of_the_tokens(source, tmp_path):
    kept, further = lists(source)
    build(source, kept, further, tmp_path / 'model', '1.1.0')
    model = Model(tmp_path / 'model', threads=1)
    wanted = source.vocabulary_matrix()[[*kept, *further]]
    assert model.embedding().shape == wanted.shape
    assert np.corrcoef(model.embedding()[len(kept) :].ravel(), wanted[len(kept) :].ravel())[0, 1] > 0.99
    text = ''.join(source.vocabulary.tokens[i] for i in further).replace('Ġ', ' ')
    assert max(model.tokenizer.encode(text).ids) >= len(kept)
    assert model.logits(model.advance([0, 1], model.empty_cache())).shape == (2, len(wanted))


def test_exits_go_with_the_new_description(source, tmp_path):
    kept, further = lists(source)
    folder = tmp_path / 'model'
    build(source, kept, [], folder, '1.0.0')
    exits = folder / 'exits' / 'exits.json'
    exits.parent.mkdir()
    exits.write_text(json.dumps({'model': sha256((folder / 'model.json').read_bytes()).hexdigest(), 'n': 0.5}))
    append_tokens(source, kept, further, RECIPE, folder, version='1.1.0')
    sum_now = sha256((folder / 'model.json').read_bytes()).hexdigest()
    assert json.loads(exits.read_text()) == {'model': sum_now, 'n': 0.5}


def test_a_folder_of_other_tokens_is_left_alone(source, tmp_path):
    kept, further = lists(source)
    build(source, kept, further, tmp_path / 'model', '1.1.0')
    shutil.copytree(tmp_path / 'model', tmp_path / 'same')
    with pytest.raises(ValueError, match='tokens'):
        append_tokens(source, kept, further, RECIPE, tmp_path / 'model', version='1.2.0')
    for file in (tmp_path / 'same').iterdir():
        assert (tmp_path / 'model' / file.name).read_bytes() == file.read_bytes()


def test_the_choice_leaves_ids_alone_and_is_closed(source):
    kept, _ = lists(source)
    share = np.zeros(len(source.vocabulary.tokens))
    share[source.vocabulary.tokens.index('Ġvalue')] = 1
    further = choose_further(source.vocabulary, kept, {'de': share}, {'c': share}, 2)
    assert source.vocabulary.tokens.index('Ġvalue') in further
    tokens = [source.vocabulary.tokens[i] for i in [*kept, *further]]
    specials = [source.vocabulary.tokens[i] for i in source.vocabulary.specials()]
    assert not set(further) & set(kept)
    merged = {a + b for a, b in source.vocabulary.merges if a in tokens and b in tokens}
    assert all(len(token) == 1 or token in merged for token in tokens if token not in specials)


def test_a_line_that_ends_beyond_ascii_can_end_with_one_token(source):
    # In the characters of byte-level BPE: the full stop of Chinese, its last two bytes, and the line end.
    full_stop, tail, end = 'ãĢĤ', 'ĢĤ', 'Ċ'
    there = source.vocabulary
    vocabulary = Vocabulary(
        tokens=[*there.tokens, tail, full_stop, full_stop + end, ')' + end],
        types=[*there.types, NORMAL, NORMAL, NORMAL, NORMAL],
        merges=[*there.merges, ('Ģ', 'Ĥ'), ('ã', tail), (full_stop, end), (')', end)],
    )
    first = len(there.tokens)
    assert choose_line_ends(vocabulary, there.used()) == [first, first + 1, first + 2]
    share = np.zeros(len(vocabulary.tokens))
    assert choose_further(vocabulary, there.used(), {'de': share}, {}, 2) == [first, first + 1, first + 2]


def test_the_shipped_lists_name_each_token_once():
    kept, further = load(KEPT_FILE), load(FURTHER_FILE)
    assert len({*kept, *further}) == len(kept) + len(further)
