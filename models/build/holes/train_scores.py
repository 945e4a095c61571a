"""Trains the scores of holes on what `lacuna hole-features` wrote.

    python -m models.build.holes.train_scores parts parts.jsonl OUT
        writes OUT/parts-0.json ... parts-3.json (by fold) and parts.json
    python -m models.build.holes.train_scores programs programs.jsonl OUT
        reads OUT/parts.json, writes OUT/score.json

The folds leave out a quarter of the repositories each, so that the score of programs is trained on scores of parts that
have not seen their lines. Both are gradient-boosted trees for the odds of a label; those of programs are averaged with
small networks that learn the same (network.py). Programs are learned from lines with the cursor where their data has it, and
with branches; such a line counts as much as any other, however many programs it has.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy

from .network import Inputs, Network, train_network
from .tree_arrays import export_trees

FOLDS = 4
PARTS = {'num_leaves': 15, 'min_data_in_leaf': 30, 'feature_fraction': 0.5, 'bagging_fraction': 0.8, 'lambda_l2': 5}
PROGRAMS = {
    'num_leaves': 8,
    'min_data_in_leaf': 40,
    'feature_fraction': 0.4,
    'bagging_fraction': 0.7,
    'lambda_l2': 10,
    'learning_rate': 0.02,
}
ROUNDS_OF_PARTS, ROUNDS_OF_PROGRAMS = 160, 260
NETWORKS = 3
COMMON = {
    'objective': 'binary',
    'learning_rate': 0.05,
    'bagging_freq': 1,
    'cat_smooth': 20,
    'cat_l2': 20,
    'max_cat_to_onehot': 4,
    'num_threads': 1,
    'seed': 1,
    'deterministic': True,
    'verbose': -1,
}


class Data:
    """Rows of features `x` [rows, features] with labels `y`; `weight` lets each line count once, `fold` is its repository's."""

    def __init__(self, path: Path, own_cursors_only: bool = False) -> None:
        with path.open() as file:
            head = json.loads(file.readline())
            lines = [json.loads(line) for line in file]
        self.features: list[str] = head['features']
        self.categorical: list[str] = head['categorical']
        self.repositories = sorted({line['repo'] for line in lines})
        rows = [(row, line) for line in lines for row in line['rows'] if line['cut'] == 0 or not own_cursors_only]
        self.x = numpy.array([row['x'] for row, _ in rows])
        self.y = numpy.array([row['y'] for row, _ in rows])
        self.weight = numpy.array([1 / len(line['rows']) for _, line in rows])
        self.fold = numpy.array([self.repositories.index(line['repo']) % FOLDS for _, line in rows])

    def train(self, settings: dict, rounds: int, used: numpy.ndarray, by_line: bool) -> lightgbm.Booster:
        weight = self.weight[used] / self.weight[used].mean() if by_line else None
        data = lightgbm.Dataset(
            self.x[used],
            self.y[used],
            weight=weight,
            feature_name=self.features,
            categorical_feature=self.categorical,
        )
        return lightgbm.train({**COMMON, **settings}, data, rounds)

    def train_programs(self, used: numpy.ndarray) -> tuple[lightgbm.Booster, list[Network]]:
        booster = self.train(PROGRAMS, ROUNDS_OF_PROGRAMS, used, by_line=True)
        inputs = Inputs(self.x[used], self.features, self.categorical)
        weight = self.weight[used] / self.weight[used].mean()
        seeds = range(1, NETWORKS + 1)
        return booster, [train_network(inputs, self.x[used], self.y[used], weight, seed) for seed in seeds]


def train_parts(data: Data, out: Path) -> None:
    """Writes the trees of parts: those that leave out a fold each, and those of all."""
    for fold in [*range(FOLDS), None]:
        used = numpy.ones(len(data.y), bool) if fold is None else data.fold != fold
        booster = data.train(PARTS, ROUNDS_OF_PARTS, used, by_line=False)
        score = {'features': data.features, 'repositories': data.repositories, 'trees': export_trees(booster)}
        name = 'parts.json' if fold is None else f'parts-{fold}.json'
        (out / name).write_text(json.dumps(score))


def train_programs(data: Data, out: Path) -> None:
    """Says how trees, networks and both do on held-out repositories, and writes the score that ships."""
    odds = {'trees': numpy.zeros(len(data.y)), 'networks': numpy.zeros(len(data.y))}
    for fold in range(FOLDS):
        used, held_out = data.fold != fold, data.fold == fold
        booster, networks = data.train_programs(used)
        odds['trees'][held_out] = booster.predict(data.x[held_out], raw_score=True, num_threads=1)
        odds['networks'][held_out] = numpy.mean([one.log_odds(data.x[held_out]) for one in networks], axis=0)
    odds['both'] = (odds['trees'] + odds['networks']) / 2
    for name, logits in odds.items():
        loss = numpy.logaddexp(0, numpy.where(data.y == 1, -logits, logits))
        print(
            f'{len(data.y)} programs; held-out log loss of {name} {(loss * data.weight).sum() / data.weight.sum():.4f}'
        )
    booster, networks = data.train_programs(numpy.ones(len(data.y), bool))
    parts = json.loads((out / 'parts.json').read_text())
    score = {
        'parts': {'features': parts['features'], 'trees': parts['trees']},
        'programs': {
            'features': data.features,
            'trees': export_trees(booster),
            'networks': {
                'numbers': networks[0].inputs.export(),
                'members': [network.export() for network in networks],
            },
        },
    }
    (out / 'score.json').write_text(json.dumps(score, separators=(',', ':')) + '\n')


def main() -> None:
    """Trains one of the two scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('step', choices=('parts', 'programs'))
    parser.add_argument('records', type=Path, help='what `lacuna hole-features` wrote')
    parser.add_argument('out', type=Path, help='a folder, which is there')
    options = parser.parse_args()
    if options.step == 'parts':
        train_parts(Data(options.records), options.out)
    else:
        train_programs(Data(options.records, own_cursors_only=True), options.out)


if __name__ == '__main__':
    main()
