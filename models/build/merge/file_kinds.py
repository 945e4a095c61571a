"""Fits how the ranker's confidence is corrected for each kind of file, on answers to repositories that it never learned.

A correction is a line in log odds: logit(corrected) = bias + slope * logit(confidence) (Platt, 1999), one for all files,
and for each kind of files one that is held to it by a ridge. Kinds are those of server/src/merge/ranking/fileKind.ts: programs
and the rest. Only answers to repositories that were kept for calibration count. How much it helps is measured with the
repositories in ten parts, each corrected by what the others say, and that eight times over. A line for each language, or the
number of the merge's other conflicts beside the confidence, did not lower the loss (docs/experiments/2026-11-merge.md).
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from .records import part_of

CODE = ('typescript', 'javascript', 'python', 'java', 'csharp', 'go', 'rust', 'cpp', 'c', 'php', 'ruby', 'kotlin')
KINDS = ('code', 'text')
# Conflicts of a repository that are used.
MOST_OF_REPOSITORY = 150
PARTS = 10
SHUFFLES = 8
LEAST = 1e-4


def read_answers(files: list[Path], seed: int) -> list[dict]:
    """Lines of `lacuna eval merge --out`: language, repository, rankerConfidence, place (0 where the first is right)."""
    answers = []
    counts: Counter[str] = Counter()
    for file in files:
        for line in file.read_text(encoding='utf-8').splitlines():
            answer = json.loads(line)
            repository = answer['repository']
            if part_of(repository, seed) != 'calibration':
                continue
            counts[repository] += 1
            if answer['answered'] and counts[repository] <= MOST_OF_REPOSITORY:
                answers.append(answer)
    return answers


def kind_of(language: str) -> str:
    """The kind of file of a language, by VS Code's identifier."""
    return 'code' if language in CODE else 'text'


def logit(share: np.ndarray) -> np.ndarray:
    """Log odds of shares, none of them taken for surer than LEAST."""
    within = np.clip(share, LEAST, 1 - LEAST)
    return np.log(within) - np.log1p(-within)


def uncorrected(answers: list[dict], corrections: dict | None) -> np.ndarray:
    """Log odds [answers] of the confidences before the corrections that they were made with."""
    odds = logit(np.array([answer['rankerConfidence'] for answer in answers]))
    if corrections is None:
        return odds
    lines = np.array([corrections[kind_of(answer['language'])] for answer in answers])
    return (odds - lines[:, 0]) / lines[:, 1]


def design(odds: np.ndarray, kinds: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """[answers, 2 + 2 * kinds]: bias and slope of all, then of each kind what it differs by."""
    of_kind = [(kinds == name).astype(float) for name in names]
    columns = [np.ones_like(odds), odds, *of_kind, *(is_kind * odds for is_kind in of_kind)]
    return np.stack(columns, axis=1)


def fit(rows: np.ndarray, right: np.ndarray, weights: np.ndarray, ridge: float) -> np.ndarray:
    """Weights of a logistic regression by Newton's method; the first two columns are free."""
    penalty = np.full(rows.shape[1], ridge)
    penalty[:2] = 1e-6
    learned = np.zeros(rows.shape[1])
    learned[1] = 1
    for _ in range(50):
        found = 1 / (1 + np.exp(-rows @ learned))
        gradient = rows.T @ (weights * (found - right)) + penalty * np.where(penalty < 1, 0, learned)
        hessian = (rows * (weights * found * (1 - found))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        learned -= step
        if np.abs(step).max() < 1e-9:
            break
    return learned


def figures(probability: np.ndarray, right: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Log loss (repositories evened), calibration error over 15 bins, and what is certain."""
    bins = np.minimum((probability * 15).astype(int), 14)
    error = sum(abs(probability[bins == each].sum() - right[bins == each].sum()) for each in range(15))
    within = np.clip(probability, LEAST, 1 - LEAST)
    loss = -(weights * (right * np.log(within) + (1 - right) * np.log(1 - within))).sum() / weights.sum()
    sure = probability >= 0.9
    return {
        'loss': float(loss),
        'ece': float(error / len(right)),
        'certain': float(sure.mean()),
        'certainRight': float(right[sure].mean()) if sure.any() else float('nan'),
    }


def cross_validated(
    odds: np.ndarray,
    right: np.ndarray,
    kinds: np.ndarray,
    repositories: np.ndarray,
    *,
    names: tuple[str, ...],
    ridge: float,
) -> dict[str, float]:
    """The figures of answers that are corrected by what other repositories say, the mean of several ways to part them."""
    _, which, counts = np.unique(repositories, return_inverse=True, return_counts=True)
    weights = evened(repositories)
    rows = design(odds, kinds, names)
    all_figures = []
    for shuffle in range(SHUFFLES):
        parts = np.random.default_rng(shuffle).permutation(len(counts)) % PARTS
        found = np.zeros(len(right))
        for part in range(PARTS):
            held = parts[which] == part
            learned = fit(rows[~held], right[~held], weights[~held], ridge)
            found[held] = 1 / (1 + np.exp(-rows[held] @ learned))
        all_figures.append(figures(found, right, weights))
    return {name: round(float(np.mean([each[name] for each in all_figures])), 4) for name in all_figures[0]}


def evened(repositories: np.ndarray) -> np.ndarray:
    """Weights [answers] by which a repository counts by the square root of its answers, 1 in the mean."""
    _, which, counts = np.unique(repositories, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[which])
    return weights / weights.mean()


def main() -> None:
    """Reads answers, prints what corrections bring, and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--answers', nargs='+', type=Path, required=True, help='what `lacuna eval merge --out` wrote')
    parser.add_argument('--model', type=Path, required=True, help='folder of the ranker, whose model.json is changed')
    parser.add_argument('--ridge', type=float, default=300, help='how strongly a kind is held to all (default: 300)')
    parser.add_argument('--seed', type=int, default=3, help='how repositories are dealt, as the ranker was trained')
    options = parser.parse_args()

    path = options.model / 'model.json'
    manifest = json.loads(path.read_text(encoding='utf-8'))
    answers = read_answers(options.answers, options.seed)
    odds = uncorrected(answers, manifest['ranker'].get('corrections'))
    right = np.array([float(answer.get('place') == 0) for answer in answers])
    kinds = np.array([kind_of(answer['language']) for answer in answers])
    repositories = np.array([answer['repository'] for answer in answers])

    print('as it is', json.dumps(figures(1 / (1 + np.exp(-odds)), right, evened(repositories))))
    for label, names in (('one line for all', ()), ('one for each kind', KINDS)):
        held_out = cross_validated(odds, right, kinds, repositories, names=names, ridge=options.ridge)
        print(label, json.dumps(held_out))

    learned = fit(design(odds, kinds, KINDS), right, evened(repositories), options.ridge)
    bias, slope = learned[:2]
    manifest['ranker']['corrections'] = {
        name: [round(float(bias + more), 4), round(float(slope + steeper), 4)]
        for name, (more, steeper) in zip(KINDS, learned[2:].reshape(2, -1).T, strict=True)
    }
    path.write_text(json.dumps(manifest, indent=1) + '\n', encoding='utf-8')
    print(f'{len(answers)} answers of {len(np.unique(repositories))} repositories; {path} is written.')


if __name__ == '__main__':
    main()
