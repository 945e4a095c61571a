"""Records that `lacuna record merge` wrote: hunks with the features and encodings the product computes, read as arrays."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

# Merges that took one side for the whole file say little about a single hunk; that every other one was left out
# (record-merge --thin) is what weighs them down.
WHOLE_FILE_WEIGHT = 1.0
# The text between unchanged context may not be the whole answer.
WEAK_WEIGHT = 0.25


@dataclass
class Records:
    """Hunks of one or more folders. Rows of a hunk: its candidates, then one for "none of these"."""

    hunks: list[dict]
    columns: list[str]
    groups: list[str]
    features: np.ndarray  # float32 [rows, columns]
    tokens: np.ndarray  # int32 [hunks, sequences, places]
    edits: np.ndarray  # uint8 [hunks, sequences, places]

    @cached_property
    def sizes(self) -> np.ndarray:
        """Rows of each hunk."""
        return np.array([hunk['candidates'] + 1 for hunk in self.hunks])

    @cached_property
    def starts(self) -> np.ndarray:
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]])

    @cached_property
    def right(self) -> np.ndarray:
        """The row of each hunk that is right, counted in the hunk; the last one where no candidate is."""
        return np.array([hunk['right'][0] if hunk['right'] else hunk['candidates'] for hunk in self.hunks])

    @cached_property
    def weights(self) -> np.ndarray:
        return np.array(
            [
                (WHOLE_FILE_WEIGHT if hunk['wholeFile'] else 1.0) * (WEAK_WEIGHT if hunk['weak'] else 1.0)
                for hunk in self.hunks
            ],
            np.float32,
        )

    @cached_property
    def stands_for(self) -> np.ndarray:
        """How many hunks of the data each one stands for: of whole-file merges every other one was left out."""
        return np.array([2.0 if hunk['wholeFile'] else 1.0 for hunk in self.hunks])

    @cached_property
    def evened(self) -> np.ndarray:
        """What a hunk counts where all of a repository together count by the square root of their number: they resemble
        each other, so that many of them say less than as many of several."""
        _, which, counts = np.unique(self.repositories, return_inverse=True, return_counts=True)
        return self.stands_for / np.sqrt(counts[which])

    @cached_property
    def repositories(self) -> np.ndarray:
        return np.array([hunk['repo'] for hunk in self.hunks])

    def rows_of(self, chosen: np.ndarray) -> np.ndarray:
        """The numbers of all rows of some hunks, hunk after hunk."""
        sizes = self.sizes[chosen]
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.repeat(self.starts[chosen], sizes) + offsets

    def part(self, chosen: np.ndarray) -> 'Records':
        """Some of the hunks by themselves."""
        hunks = [self.hunks[i] for i in chosen]
        rows = self.rows_of(chosen)
        return Records(hunks, self.columns, self.groups, self.features[rows], self.tokens[chosen], self.edits[chosen])

    def ways(self) -> tuple[list[str], np.ndarray]:
        """Names of the ways by which candidates come about, and bool [rows, ways] of who came about how."""
        at = [i for i, name in enumerate(self.columns) if name.startswith('way.')]
        return [self.columns[i] for i in at], self.features[:, at] > 0.5


def load(*folders: Path) -> Records:
    """The records of one folder, or of several that hold different hunks."""
    first, *others = [_load(folder) for folder in folders]
    for other in others:
        if other.columns != first.columns:
            raise ValueError('The records do not have the same columns.')
    every = [first, *others]
    return Records(
        [hunk for records in every for hunk in records.hunks],
        first.columns,
        first.groups,
        np.concatenate([records.features for records in every]),
        np.concatenate([records.tokens for records in every]),
        np.concatenate([records.edits for records in every]),
    )


def _load(folder: Path) -> Records:
    layout = json.loads((folder / 'layout.json').read_text(encoding='utf-8'))
    columns = [column['name'] for column in layout['columns']]
    shape = (-1, layout['sequences'], layout['sequenceLength'])
    with open(folder / 'hunks.jsonl', encoding='utf-8') as lines:
        hunks = [json.loads(line) for line in lines]
    records = Records(
        hunks,
        columns,
        [column['group'] for column in layout['columns']],
        np.fromfile(folder / 'features.f32', np.float32).reshape(-1, len(columns)),
        np.fromfile(folder / 'tokens.i32', np.int32).reshape(shape),
        np.fromfile(folder / 'edits.u8', np.uint8).reshape(shape),
    )
    if records.sizes.sum() != len(records.features) or len(hunks) != len(records.tokens):
        raise ValueError(f'The records in {folder} are not complete.')
    return records


# Repositories are dealt to the parts by the hash of their name, so that more data moves none of them to another part.
PARTS = (('first', 0.45), ('second', 0.9), ('calibration', 1.0))


def part_of(repository: str, seed: int) -> str:
    """The name of the part that a repository is dealt to."""
    digest = hashlib.sha256(f'{seed}:{repository}'.encode()).digest()
    at = int.from_bytes(digest[:6], 'big') / 2**48
    return next(name for name, until in PARTS if at < until)


def split(records: Records, seed: int) -> dict[str, np.ndarray]:
    """Numbers of the hunks of each part."""
    names = {repository: part_of(repository, seed) for repository in set(records.repositories)}
    parts = np.array([names[repository] for repository in records.repositories])
    return {name: np.flatnonzero(parts == name) for name, _ in PARTS}
