"""Makes models/lacuna-merge from records: one command, fixed seeds; a run that was stopped goes on.

usage: train.py --records DIR... --work WORK --out FOLDER [--dev DIR]

The repositories are dealt to three parts. A network is trained on the first part and another one on the second; each
speaks of the hunks of the other part, so that the trees, which are trained on both parts, never see what a network says of
hunks that it has learned. The first network ships. In the same way the trees of the sides speak of repositories that they
have not learned. Confidence is calibrated on the third part. --dev is only reported."""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import lightgbm
import numpy as np
import torch

import network_columns
import sides
from calibrate import apply_line, fit_line, promises
from encoder import Encoder, EncoderSettings
from export import export_network, export_sides, export_trees, write_manifest
from measure import figures, rank_of_right, top_confidence
from records import Records, load, split
from train_encoder import TrainingSettings, predict, train_encoder
from trees import TreeSettings, score, softmax, train_trees

SPLIT_SEED = 3
VERSION = '1.1.0'


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('--records', type=Path, nargs='+', required=True, help='what `lacuna record-merge --thin` wrote')
    arguments.add_argument('--work', type=Path, required=True, help='keeps checkpoints')
    arguments.add_argument('--out', type=Path, required=True, help='the folder to make')
    arguments.add_argument('--dev', type=Path, help='records of other repositories, to report on')
    arguments.add_argument('--epochs', type=float, default=TrainingSettings.epochs)
    arguments.add_argument('--rounds', type=int, default=TreeSettings.rounds)
    arguments.add_argument('--without-network', action='store_true', help='trees alone')
    options = arguments.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    records = load(*options.records)
    parts = split(records, SPLIT_SEED)
    print({name: len(chosen) for name, chosen in parts.items()}, flush=True)
    training = TrainingSettings(epochs=options.epochs)
    features, names, first = records.features, records.columns, None
    if not options.without_network:
        first = trained_network(records, parts['first'], training, options.work / 'network-first')
        second = trained_network(records, parts['second'], training, options.work / 'network-second')
        columns = np.zeros((len(records.features), len(network_columns.names_of(records))), np.float32)
        for network, name in ((second, 'first'), (first, 'second'), (first, 'calibration')):
            part = records.part(parts[name])
            columns[records.rows_of(parts[name])] = network_columns.columns_of(part, *predict(network, part))
        features = np.hstack([features, columns])
        names = names + network_columns.names_of(records)

    learned = np.sort(np.concatenate([parts['first'], parts['second']]))
    of_sides = sides.load_sides(*options.records)
    leanings, side_trees = sides.crossed_chances(of_sides, set(records.repositories[learned]), sides.SideSettings())
    features = np.hstack([features, sides.columns_of(leanings, of_sides, records)])
    names = names + sides.COLUMNS
    settings = replace(TreeSettings(), rounds=options.rounds)
    boosters = [trained_trees(records, learned, features, names, settings, seed, options.work) for seed in settings.seeds]
    kept = parts['calibration']
    rows = records.rows_of(kept)
    sizes, right = records.sizes[kept], records.right[kept]
    probabilities = softmax(score(boosters, features[rows]), sizes)
    confidence, is_right = top_confidence(probabilities, sizes), rank_of_right(probabilities, sizes, right) == 0
    line = fit_line(confidence, is_right, records.stands_for[kept])
    bounds = promises(apply_line(line, confidence), is_right)

    options.out.mkdir(parents=True, exist_ok=True)
    if first is not None:
        export_network(first, options.out / 'encoder.onnx')
    export_trees(boosters, options.out / 'trees.onnx')
    export_sides(side_trees, options.out / 'sides.onnx')
    ranker = {
        'encoder': None if first is None else 'encoder.onnx',
        'trees': 'trees.onnx',
        'sides': {'trees': 'sides.onnx', 'columns': of_sides.columns},
        'sequences': records.tokens.shape[1],
        'sequenceLength': records.tokens.shape[2],
        'columns': names,
        'calibration': line,
        'bounds': bounds,
        'recipe': {
            'network': None if first is None else {**asdict(first.settings), **asdict(training)},
            'trees': asdict(settings),
            'sides': asdict(sides.SideSettings()),
            'hunks': {name: len(chosen) for name, chosen in parts.items()},
        },
    }
    write_manifest(options.out, VERSION, ranker)
    print('calibration', figures(probabilities, sizes, right), bounds, flush=True)
    if options.dev is not None:
        dev = load(options.dev)
        dev_sides = sides.load_sides(options.dev)
        told = sides.columns_of(sides.chances(side_trees, dev_sides.features), dev_sides, dev)
        report(dev, told, first, boosters, line)


def trained_network(records: Records, chosen: np.ndarray, training: TrainingSettings, folder: Path) -> Encoder:
    ways, _ = records.ways()
    return train_encoder(records, chosen, EncoderSettings(ways=len(ways)), training, folder)


def trained_trees(
    records: Records, chosen: np.ndarray, features: np.ndarray, names: list[str], settings: TreeSettings, seed: int, work: Path
) -> lightgbm.Booster:
    """The trees of an earlier run where they were made from as much, else new ones; they take minutes."""
    file = work / f'trees-{len(chosen)}-{features.shape[1]}-{settings.rounds}-{seed}.txt'
    if file.exists():
        return lightgbm.Booster(model_file=str(file))
    rows = records.rows_of(chosen)
    booster = train_trees(
        features[rows], records.sizes[chosen], records.right[chosen], records.weights[chosen], settings, names, seed
    )
    booster.save_model(str(file))
    return booster


def report(
    dev: Records, told: np.ndarray, network: Encoder | None, boosters: list[lightgbm.Booster], line: list[list[float]]
) -> None:
    """The figures on repositories that were used for nothing: all languages but Go, of which there is too little."""
    features = dev.features
    if network is not None:
        features = np.hstack([features, network_columns.columns_of(dev, *predict(network, dev))])
    features = np.hstack([features, told])
    probabilities = softmax(score(boosters, features), dev.sizes)
    five = np.array([hunk['language'] != 'go' for hunk in dev.hunks])
    alone = np.array([not hunk['wholeFile'] for hunk in dev.hunks])
    for name, chosen in (('dev', five), ('dev, without whole files', five & alone)):
        at = np.flatnonzero(chosen)
        part = probabilities[dev.rows_of(at)]
        print(name, json.dumps(figures(part, dev.sizes[at], dev.right[at], line)), flush=True)


if __name__ == '__main__':
    torch.set_num_threads(1)
    main()
