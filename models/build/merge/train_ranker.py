"""Makes models/lacuna-merge from records: one command, fixed seeds; a run that was stopped goes on.

usage: train.py --records DIR... --work WORK --out FOLDER [--dev DIR]

The repositories are dealt to three parts. A network is trained on the first part and another one on the second; each
speaks of the hunks of the other part, so that the trees, which are trained on both parts, never see what a network says of
hunks that it has learned. The first network ships. In the same way the trees of the sides, and the networks that see the
sides of a merge together, speak of repositories that they have not learned, and what says how sure an answer is learns from
rankers that had not learned the repository. Confidence is calibrated on the third part. --dev is only reported."""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import lightgbm
import numpy as np
import torch

import certainty
import joint
import network_columns
import sides
from calibrate import apply_line, fit_line, promises
from encoder import Encoder, EncoderSettings
from export import export_certainty, export_joint, export_network, export_sides, export_trees, write_manifest
from measure import figures, rank_of_right
from records import Records, load, split
from train_encoder import TrainingSettings, predict, train_encoder
from trees import TreeSettings, score, softmax, train_trees

SPLIT_SEED = 3
VERSION = '1.2.0'
# Rankers whose answers certainty is learned from: as many seeds of each fold.
JUDGES = 2


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
    names_learned = set(records.repositories[learned])
    leanings, side_trees = sides.crossed_chances(of_sides, names_learned, sides.SideSettings())
    together, joint_networks = joint.crossed_joint(of_sides, leanings, names_learned, joint.JointSettings(), options.work)
    features = np.hstack(
        [features, sides.columns_of(leanings, of_sides, records), joint.columns_of(together, of_sides, records)]
    )
    names = names + sides.COLUMNS + joint.COLUMNS
    settings = replace(TreeSettings(), rounds=options.rounds)

    def ranker_of(chosen: np.ndarray, seed: int, name: str) -> lightgbm.Booster:
        return trained_trees(records, chosen, features, names, settings, seed, options.work / f'trees-{name}-{seed}.txt')

    # Of every hunk that is learned from, what rankers say that have not learned its repository.
    folds = np.array([sides.fold_of(repository) for repository in records.repositories[learned]])
    answered = np.zeros(len(features))
    for fold in range(sides.FOLDS):
        judges = [ranker_of(learned[folds != fold], seed, f'without-{fold}') for seed in settings.seeds[:JUDGES]]
        rows = records.rows_of(learned[folds == fold])
        answered[rows] = softmax(score(judges, features[rows]), records.sizes[learned[folds == fold]])
    rows = records.rows_of(learned)
    sizes, right = records.sizes[learned], records.right[learned]
    sureness = certainty.train_certainty(
        certainty.table_of(features[rows], names, answered[rows], sizes),
        rank_of_right(answered[rows], sizes, right) == 0,
        records.evened[learned],
        certainty.CertaintySettings(),
    )

    boosters = [ranker_of(learned, seed, 'all') for seed in settings.seeds]
    kept = parts['calibration']
    rows = records.rows_of(kept)
    sizes, right = records.sizes[kept], records.right[kept]
    probabilities = softmax(score(boosters, features[rows]), sizes)
    table = certainty.table_of(features[rows], names, probabilities, sizes)
    first_answers = certainty.first_probability(sureness, table)
    is_right = rank_of_right(probabilities, sizes, right) == 0
    line = fit_line(first_answers, is_right, records.evened[kept], len(set(records.repositories[kept])))
    confidence = apply_line(line, first_answers)
    bounds = promises(confidence, is_right)

    options.out.mkdir(parents=True, exist_ok=True)
    if first is not None:
        export_network(first, options.out / 'encoder.onnx')
    export_trees(boosters, options.out / 'trees.onnx')
    export_sides(side_trees, options.out / 'sides.onnx')
    export_joint(joint_networks, options.out / 'joint.onnx')
    export_certainty(sureness, options.out / 'certainty.onnx')
    ranker = {
        'encoder': None if first is None else 'encoder.onnx',
        'trees': 'trees.onnx',
        'sides': {'trees': 'sides.onnx', 'joint': 'joint.onnx', 'columns': of_sides.columns},
        'certainty': {'graph': 'certainty.onnx', 'columns': certainty.COLUMNS},
        'sequences': records.tokens.shape[1],
        'sequenceLength': records.tokens.shape[2],
        'columns': names,
        'calibration': line,
        'bounds': bounds,
        'recipe': {
            'network': None if first is None else {**asdict(first.settings), **asdict(training)},
            'trees': asdict(settings),
            'sides': asdict(sides.SideSettings()),
            'joint': asdict(joint.JointSettings()),
            'certainty': asdict(certainty.CertaintySettings()),
            'hunks': {name: len(chosen) for name, chosen in parts.items()},
        },
    }
    write_manifest(options.out, VERSION, ranker)
    print('calibration', figures(probabilities, sizes, right, confidence), bounds, flush=True)
    if options.dev is not None:
        dev = load(options.dev)
        dev_sides = sides.load_sides(options.dev)
        alone = sides.chances(side_trees, dev_sides.features)
        every = np.arange(len(alone))
        together = joint.joint_chances(joint_networks, joint.input_of(dev_sides, alone), dev_sides.merges, every)
        columns = [sides.columns_of(alone, dev_sides, dev), joint.columns_of(together, dev_sides, dev)]
        if first is not None:
            columns.insert(0, network_columns.columns_of(dev, *predict(first, dev)))
        features = np.hstack([dev.features, *columns])
        probabilities = softmax(score(boosters, features), dev.sizes)
        table = certainty.table_of(features, names, probabilities, dev.sizes)
        report(dev, probabilities, apply_line(line, certainty.first_probability(sureness, table)))


def trained_network(records: Records, chosen: np.ndarray, training: TrainingSettings, folder: Path) -> Encoder:
    ways, _ = records.ways()
    return train_encoder(records, chosen, EncoderSettings(ways=len(ways)), training, folder)


def trained_trees(
    records: Records, chosen: np.ndarray, features: np.ndarray, names: list[str], settings: TreeSettings, seed: int, file: Path
) -> lightgbm.Booster:
    """The trees of an earlier run where there are some; they take minutes."""
    if file.exists():
        return lightgbm.Booster(model_file=str(file))
    rows = records.rows_of(chosen)
    booster = train_trees(
        features[rows], records.sizes[chosen], records.right[chosen], records.weights[chosen], settings, names, seed
    )
    booster.save_model(str(file))
    return booster


def report(dev: Records, probabilities: np.ndarray, confidence: np.ndarray) -> None:
    """The figures on repositories that were used for nothing: all languages but Go, of which there is too little."""
    five = np.array([hunk['language'] != 'go' for hunk in dev.hunks])
    alone = np.array([not hunk['wholeFile'] for hunk in dev.hunks])
    for name, chosen in (('dev', five), ('dev, without whole files', five & alone)):
        at = np.flatnonzero(chosen)
        part = probabilities[dev.rows_of(at)]
        print(name, json.dumps(figures(part, dev.sizes[at], dev.right[at], confidence[at])), flush=True)


if __name__ == '__main__':
    torch.set_num_threads(1)
    main()
