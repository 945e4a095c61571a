"""Appends tokens to a model folder that is there: a further part of head and embedding, and their merges.

usage: python -m models.build.convert.append_tokens --source FILE.gguf --model models/lacuna-0.5b --version 1.1.0

Ids, weights, exits and draft layer that are there stay as they are; build.py makes the same folder from nothing. What is
new lies in its place before model.json names it.
"""

import argparse
import json
from pathlib import Path

from ..quantise.nearest import further_rows
from ..source.further_tokens import FURTHER_FILE
from ..source.read import Source, sha256
from ..source.recipe import Recipe
from ..source.tokenizer import make_tokenizer
from ..source.vocabulary import KEPT_FILE, load
from .convert import write_heads
from .manifest import listed, save_manifest


def append_tokens(
    source: Source, kept: list[int], further: list[int], recipe: Recipe, folder: Path, *, version: str
) -> None:
    """Gives the folder the tokens `further` behind `kept`; raises ValueError where it is not a folder of these."""
    manifest = json.loads((folder / 'model.json').read_text(encoding='utf-8'))
    if manifest['architecture']['vocabulary'] != len(kept):
        raise ValueError(f'{folder} has {manifest["architecture"]["vocabulary"]} tokens, the list {len(kept)}.')
    former = sha256(folder / 'model.json')
    number = len(manifest['head'])
    head, embedding = write_heads(source, further_rows(source, further, recipe), folder, number, len(kept))
    make_tokenizer(source.vocabulary, [*kept, *further]).save(str(folder / manifest['tokenizer']), pretty=False)
    manifest['version'] = version
    manifest['architecture']['vocabulary'] = len(kept) + len(further)
    manifest['quantisation']['further'] = recipe.described(len(further))['further']
    manifest['head'] += head
    manifest['embedding'] += embedding
    new = [f'head-{number}.bin', f'head-{number}.onnx', manifest['tokenizer']]
    files = manifest['files'] | {name: listed(folder / name) for name in new}
    manifest['files'] = dict(sorted(files.items()))
    save_manifest(folder, manifest)
    exits = folder / 'exits' / 'exits.json'
    if exits.exists():
        # Only the sum of model.json changes: what was trained reads rows that are there still.
        exits.write_text(
            exits.read_text(encoding='utf-8').replace(former, sha256(folder / 'model.json')), encoding='utf-8'
        )


def main() -> None:
    """Appends the list to the folder that the command names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--source', type=Path, required=True, help='the GGUF file that the folder was made of')
    parser.add_argument('--model', type=Path, required=True, help='the model folder')
    parser.add_argument('--version', required=True, help="the folder's new version")
    parser.add_argument('--kept', type=Path, default=KEPT_FILE, help="list of the folder's tokens")
    parser.add_argument('--further', type=Path, default=FURTHER_FILE, help='list of the tokens to append')
    options = parser.parse_args()
    expected = json.loads((options.model / 'model.json').read_text(encoding='utf-8'))['source']['sha256']
    if sha256(options.source) != expected:
        raise SystemExit(f'{options.source} is not the file that {options.model} was made of: its SHA-256 differs.')
    append_tokens(
        Source(options.source),
        load(options.kept),
        load(options.further),
        Recipe(),
        options.model,
        version=options.version,
    )


if __name__ == '__main__':
    main()
