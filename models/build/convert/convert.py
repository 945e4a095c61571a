"""Turns a source and a recipe into a model folder: segments, head, tokenizer, model.json.

The folder is made beside its place and moved there when it is whole, so that nobody ever loads half a model.
"""

import shutil
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ..quantise.blocks import Quantised, stack
from ..quantise.nearest import LayerMatrix, further_rows, rounded_layers, rounded_rows
from ..source.read import Source
from ..source.recipe import Recipe, cut_into_segments
from ..source.tokenizer import make_tokenizer
from .graph import Layer, write_head, write_segment
from .manifest import write_manifest

LICENCE_FILES = ('LICENSE', 'NOTICE')


def convert(
    source: Source,
    kept: list[int],
    recipe: Recipe,
    out: Path,
    *,
    name: str,
    version: str,
    origin: dict,
    matrix: LayerMatrix | None = None,
    rows: list[Quantised] | None = None,
    further: list[int] | None = None,
) -> None:
    """Writes the model folder `out`; raises FileExistsError if it already holds a model.

    kept: old ids of the tokens in their new order. origin: the source as model.json names it. further: old ids of the
    tokens behind them, as append_tokens.py gives them to a folder that is there.
    """
    if (out / 'model.json').exists():
        raise FileExistsError(f'{out} already holds a model; remove it first.')
    folder = out.with_name(out.name + '.partial')
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in LICENCE_FILES:
        if (out / file).exists():
            shutil.copy(out / file, folder / file)

    matrix = matrix or rounded_layers(source, recipe)
    segments = []
    with tqdm(total=source.shape.layers, desc='layers') as progress:
        for start, end in cut_into_segments(source.shape.layers):
            layers = {}
            for number in range(start, end):
                layers[number] = _layer(source, recipe, number, matrix)
                progress.update()
            segment = f'segment-{start:02}-{end:02}'
            write_segment(folder, segment, source.shape, layers)
            segments.append({'file': f'{segment}.onnx', 'from': start, 'to': end})

    further = further or []
    parts = [*(rows or rounded_rows(source, kept, recipe)), *further_rows(source, further, recipe)]
    head, embedding = write_heads(source, parts, folder)
    make_tokenizer(source.vocabulary, [*kept, *further]).save(str(folder / 'tokenizer.json'), pretty=False)
    write_manifest(
        folder,
        name=name,
        version=version,
        source=origin,
        licence='Apache-2.0',
        shape=source.shape,
        vocabulary=len(kept) + len(further),
        quantisation=recipe.described(len(further)),
        segments=segments,
        head=head,
        embedding=embedding,
        specials=[source.vocabulary.tokens[i] for i in source.vocabulary.specials()],
    )
    shutil.rmtree(out, ignore_errors=True)
    folder.rename(out)


def _layer(source: Source, recipe: Recipe, number: int, matrix: LayerMatrix) -> Layer:
    query, key, value = (matrix(number, name) for name in ('attn_q', 'attn_k', 'attn_v'))
    alike = (recipe.bits, recipe.block) == (recipe.kv_bits, recipe.kv_block)
    return Layer(
        qkv=stack([query, key, value]) if alike else query,
        kv=None if alike else stack([key, value]),
        qkv_bias=np.concatenate([source.layer(number, f'attn_{side}.bias') for side in 'qkv']),
        attention_output=matrix(number, 'attn_output'),
        gate_up=stack([matrix(number, 'ffn_gate'), matrix(number, 'ffn_up')]),
        down=matrix(number, 'ffn_down'),
        attention_norm=source.layer(number, 'attn_norm.weight'),
        feed_forward_norm=source.layer(number, 'ffn_norm.weight'),
    )


def write_heads(
    source: Source, parts: list[Quantised], folder: Path, first: int = 0, start: int = 0
) -> tuple[list[dict], list[dict]]:
    """Writes parts of the head from number `first` on, whose first row is `start`; what model.json says of head and embedding."""
    head, embedding = [], []
    norm = source.weight('output_norm.weight')
    for number, part in enumerate(tqdm(parts, desc='head'), first):
        places = write_head(folder, f'head-{number}', source.shape, norm, part)
        places['scales'] = {**places['scales'], 'type': 'float16'}
        span = {'from': start, 'to': start + part.rows}
        head.append({'file': f'head-{number}.onnx', **span})
        embedding.append({**span, 'bits': part.bits, 'block': part.block, **places})
        start += part.rows
    return head, embedding
