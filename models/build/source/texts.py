"""Reads the training text: what the vocabulary is counted on, and prompts in our format for calibration and measurement.

The text itself is never part of what is built; only counts and weights come out of it.
"""

import gzip
import json
import lzma
import random
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIX_CHARACTERS, PREFIX_CHARACTERS = 600, 1600

# One large repository must not decide what is frequent.
TEXTS_PER_REPOSITORY, CHARACTERS_PER_TEXT, CHARACTERS_PER_LANGUAGE = 800, 6000, 20_000_000


@dataclass(frozen=True)
class Example:
    """A place in a file: `prefix` ends at the cursor, `suffix` starts with the line end behind it, `target` ends its line."""

    path: str
    prefix: str
    suffix: str
    target: str


def vocabulary_texts(
    folder: Path,
    languages: Collection[str] | None = None,
    characters: int = CHARACTERS_PER_LANGUAGE,
    per_repository: int = TEXTS_PER_REPOSITORY,
) -> dict[str, list[str]]:
    """Language -> texts of merge/train-* and recent/train-*: at most so many of a repository, and characters of a file."""
    texts: dict[str, list[str]] = {}
    for file in sorted([*folder.glob('merge/train-*'), *folder.glob('recent/train-*')]):
        language = file.name.removeprefix('train-').split('.')[0]
        if languages is not None and language not in languages:
            continue
        found, length = texts.setdefault(language, []), 0
        seen: Counter[str] = Counter()
        records = list(_records(file))
        random.Random(1).shuffle(records)
        for record in records:
            text = _whole_text(record)
            seen[record['repo']] += 1
            if seen[record['repo']] > per_repository or len(text) > CHARACTERS_PER_TEXT * 2:
                continue
            found.append(text)
            length += len(text)
            if length > characters:
                break
    return texts


def recent_examples(folder: Path, part: str, per_language: int, seed: int) -> list[Example]:
    """The same number of examples of every language from recent/PART-*, in an order fixed by the seed."""
    examples = []
    for file in sorted(folder.glob(f'recent/{part}-*')):
        records = list(_records(file))
        random.Random(seed).shuffle(records)
        examples += [_recent_example(record) for record in records[:per_language]]
    random.Random(seed).shuffle(examples)
    return examples


def merge_examples(folder: Path, per_language: int, seed: int) -> list[Example]:
    """Resolved conflicts of merge/train-* as examples: before, resolution, after."""
    examples = []
    for file in sorted(folder.glob('merge/train-*')):
        records = [
            r for r in _records(file) if 1 <= len(r['resolution']) <= 1500 and '<<<<<<<' not in r['before'] + r['after']
        ]
        random.Random(seed).shuffle(records)
        examples += [
            Example(r['path'], r['before'][-PREFIX_CHARACTERS:], '\n' + r['after'][:SUFFIX_CHARACTERS], r['resolution'])
            for r in records[:per_language]
        ]
    return examples


def prompt(example: Example) -> str:
    """Our suffix-first prompt with the target behind it, specials spelt out."""
    return (
        f'<|file_sep|>{example.path}\n<|fim_prefix|><|fim_suffix|>{example.suffix}<|fim_middle|>'
        f'{example.prefix}{example.target}'
    )


def whole_texts(file: Path) -> list[str]:
    """The texts of one file, in its order."""
    return [_whole_text(record) for record in _records(file)]


def _recent_example(record: dict) -> Example:
    return Example(
        record['path'],
        record['prefix'][-PREFIX_CHARACTERS:],
        record['suffix'][:SUFFIX_CHARACTERS],
        record['target_line'] + '\n',
    )


def _whole_text(record: dict) -> str:
    if 'resolution' in record:
        return record['before'] + record['resolution'] + record['after']
    return record['prefix'] + record['target_line'] + record['suffix']


def _records(file: Path) -> Iterator[dict]:
    opener = lzma.open if file.suffix == '.xz' else gzip.open
    with opener(file, 'rt', encoding='utf-8') as lines:
        for line in lines:
            yield json.loads(line)
