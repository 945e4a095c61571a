"""Writes model.json: what the folder holds, where, and the SHA-256 of every file."""

import json
from pathlib import Path

from ..source.read import Shape, sha256

FORMAT = 1

# Tokens that end a completion: the end of the text, and every mark that starts something else.
STOP = (
    '<|endoftext|>',
    '<|fim_prefix|>',
    '<|fim_middle|>',
    '<|fim_suffix|>',
    '<|fim_pad|>',
    '<|repo_name|>',
    '<|file_sep|>',
    '<|im_start|>',
    '<|im_end|>',
)


def write_manifest(
    folder: Path,
    *,
    name: str,
    version: str,
    source: dict,
    licence: str,
    shape: Shape,
    vocabulary: int,
    quantisation: dict,
    segments: list[dict],
    head: list[dict],
    embedding: list[dict],
    specials: list[str],
) -> None:
    """Writes folder/model.json about everything that already lies in the folder, so it must come last."""
    files = sorted(file for file in folder.iterdir() if file.name != 'model.json')
    manifest = {
        'format': FORMAT,
        'name': name,
        'version': version,
        'source': source,
        'licence': licence,
        'architecture': {
            'family': shape.family,
            'layers': shape.layers,
            'hidden': shape.hidden,
            'heads': shape.heads,
            'kvHeads': shape.kv_heads,
            'headDim': shape.head_dim,
            'vocabulary': vocabulary,
            'ropeBase': shape.rope_base,
            'maximumPositions': shape.maximum_positions,
        },
        'quantisation': quantisation,
        'segments': segments,
        'head': head,
        'embedding': embedding,
        'tokenizer': 'tokenizer.json',
        'prompt': {
            'order': 'suffix-first',
            'fimPrefix': '<|fim_prefix|>',
            'fimSuffix': '<|fim_suffix|>',
            'fimMiddle': '<|fim_middle|>',
            'fileSeparator': '<|file_sep|>',
            'endOfText': '<|endoftext|>',
            'stop': [token for token in STOP if token in specials],
        },
        'files': {file.name: listed(file) for file in files},
    }
    save_manifest(folder, manifest)


def listed(file: Path) -> dict:
    """What model.json says of a file."""
    return {'bytes': file.stat().st_size, 'sha256': sha256(file)}


def save_manifest(folder: Path, manifest: dict) -> None:
    """Writes model.json as it stands."""
    (folder / 'model.json').write_text(json.dumps(manifest, indent=2) + '\n', encoding='utf-8')
