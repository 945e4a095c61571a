"""Records as `lacuna record-merge` writes them, made up: the answer is the candidate with the largest `signal`."""

import json
from pathlib import Path

import numpy as np

PATTERNS = [f'way.token.{name}' for name in 'abcdefghi']
COLUMNS = ['signal', 'noise', 'way.line.ours', 'way.line.theirs', *PATTERNS, 'way.token.merge']
PLACES = 16


def write_records(folder: Path, seed: int, hunks: int) -> Path:
    """Hunks of 30 repositories, with 2 to 5 candidates each; every tenth has no right one. The folder is made."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    rows, told, own = [], [], []
    preference = random.normal(size=(hunks, 2)).astype(np.float32)
    for number in range(hunks):
        candidates = int(random.integers(2, 6))
        features = random.normal(size=(candidates + 1, len(COLUMNS)))
        features[:, 2:] = random.random((candidates + 1, len(COLUMNS) - 2)) > 0.7
        features[-1] = -9
        rows.append(features)
        shared = {'id': f'{seed}-{number}', 'repo': f's{seed}r{number % 30}', 'weak': number % 7 == 0}
        right = [int(features[:-1, 0].argmax())] if number % 10 else []
        language = 'go' if number % 11 == 0 else 'typescript'
        whole = number % 3 == 0
        told.append({**shared, 'candidates': candidates, 'right': right, 'wholeFile': whole, 'language': language})
        sides = [bool(preference[number, side] > 0) for side in (0, 1)]
        own.append({**shared, 'commit': str(number // 90), 'right': sides})
    tokens = random.integers(1, 1 << 22, (hunks, 4, PLACES)).astype(np.int32)
    tokens[:, :, 10:] = 0
    columns = [{'name': name, 'group': 'x'} for name in COLUMNS]
    layout = {'columns': columns, 'sequences': 4, 'sequenceLength': PLACES, 'sides': ['a', 'b']}
    (folder / 'layout.json').write_text(json.dumps(layout), encoding='utf-8')
    for name, lines in (('hunks', told), ('sides', own)):
        text = ''.join(json.dumps(line) + '\n' for line in lines)
        (folder / f'{name}.jsonl').write_text(text, encoding='utf-8')
    np.concatenate(rows).astype(np.float32).tofile(folder / 'features.f32')
    tokens.tofile(folder / 'tokens.i32')
    random.integers(0, 9, (hunks, 4, PLACES)).astype(np.uint8).tofile(folder / 'edits.u8')
    preference.tofile(folder / 'sides.f32')
    return folder
