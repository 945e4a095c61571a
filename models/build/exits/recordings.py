"""Reads what `lacuna record` wrote: generated lines, and hidden states at every exit, by item and by position."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# Every so-manieth repository is kept out of training, to say how good a head is on code it has not seen.
HELD_OUT_EVERY = 8


@dataclass(frozen=True)
class Sequence:
    """Neighbouring positions of one text. states: float16 [positions, exits, hidden], each after the token of `ids`."""

    states: np.ndarray
    ids: np.ndarray
    held_out: bool


@dataclass
class Records:
    """The lines of several recordings. A line's `states` are those that its tokens were chosen from."""

    lines: list[dict]
    prompts: list[Sequence]
    generated: list[Sequence]


def read(folders: list[Path], exits: int, hidden: int) -> Records:
    """The recordings as far as they are whole; `exits` states of `hidden` numbers stand behind each token."""
    lines, prompts, generated = [], [], []
    for folder in folders:
        states = _states(folder / 'states.f16', exits, hidden)
        prompt_states = _states(folder / 'prompts.f16', exits, hidden)
        for line in _whole_lines(folder / 'lines.jsonl'):
            end = line['row'] + len(line['tokens'])
            if end > len(states):
                break
            line['states'] = states[line['row'] : end]
            line['held_out'] = held_out(line['repo'])
            lines.append(line)
            ids = np.array([token['id'] for token in line['tokens']])
            # The state that a token was chosen from stands behind the token before it, which the first one lacks here.
            if len(ids) > 1:
                generated.append(Sequence(line['states'], np.concatenate([[-1], ids[:-1]]), line['held_out']))
            if 'promptRow' in line:
                ids = np.array(line.pop('promptIds'))
                if line['promptRow'] + len(ids) <= len(prompt_states):
                    prompts.append(Sequence(prompt_states[line['promptRow'] :][: len(ids)], ids, line['held_out']))
    return Records(lines, prompts, generated)


def held_out(repository: str) -> bool:
    """Whether a repository is kept out of training."""
    return sum(repository.encode()) % HELD_OUT_EVERY == 0


def _states(file: Path, exits: int, hidden: int) -> np.ndarray:
    if not file.exists() or file.stat().st_size == 0:
        return np.zeros((0, exits, hidden), np.float16)
    rows = file.stat().st_size // (2 * exits * hidden)
    return np.memmap(file, np.float16, 'r', shape=(rows, exits, hidden))


def _whole_lines(file: Path) -> Iterator[dict]:
    with open(file, encoding='utf-8') as text:
        for line in text:
            if line.endswith('\n'):
                yield json.loads(line)
