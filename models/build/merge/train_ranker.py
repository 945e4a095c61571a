"""Makes models/lacuna-merge from records: one command, fixed seeds; a run that was stopped goes on.

usage: python -m models.build.merge.train_ranker --records DIR... --work WORK --out FOLDER [--dev DIR]

The repositories are dealt to three parts. A network is trained on the first part and another one on the second; each
speaks of the hunks of the other part, so that the trees, which are trained on both parts, never see what a network says of
hunks that it has learned. The first network ships. In the same way the trees of the sides, and the networks that see the
sides of a merge together, speak of repositories that they have not learned, and what says how sure an answer is learns from
rankers that had not learned the repository. Confidence is calibrated on the third part. --dev is only reported.

A row is a candidate of a hunk or its "none of these"; the rows of a hunk follow one another. `chosen` and `learned` are
numbers of hunks.
"""

import argparse
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import lightgbm
import numpy as np
import torch

from . import certainty, joint, network_columns, side_preference
from .encoder import Encoder, EncoderSettings
from .export import export_certainty, export_joint, export_network, export_sides, export_trees, write_manifest
from .file_kinds import KINDS
from .rank_trees import TreeSettings, score, softmax, train_trees
from .ranking_figures import figures, rank_of_right
from .recalibrate import apply_line, fit_line, guarantees
from .records import Records, load, split
from .train_encoder import TrainingSettings, predict, train_encoder

SPLIT_SEED = 3
VERSION = '1.3.0'
# Rankers whose answers certainty is learned from: as many seeds of each fold.
ESTIMATORS = 1


@dataclass(frozen=True)
class Table:
    """What the trees that rank read. features: float32 [rows, columns]; names: of the columns."""

    names: list[str]
    features: np.ndarray

    def extended(self, names: list[str], columns: np.ndarray) -> 'Table':
        """With further columns, float32 [rows, names]."""
        return Table(self.names + names, np.hstack([self.features, columns]))


@dataclass(frozen=True)
class SidePreference:
    """The side preference: trees of a conflict alone, networks of a merge's conflicts together."""

    trees: list[lightgbm.Booster]
    networks: list[joint.Joint]
    # Names of the columns that the trees read (sides.f32).
    columns: list[str]

    def columns_of(self, records: Records, folder: Path) -> np.ndarray:
        """float32 [rows, side_preference.COLUMNS and joint.COLUMNS], of records that neither trees nor networks have learned."""
        of_sides = side_preference.load_sides(folder)
        alone = side_preference.chances(self.trees, of_sides.features)
        every = np.arange(len(alone))
        together = joint.joint_chances(self.networks, joint.input_of(of_sides, alone), of_sides.merges, every)
        return np.hstack(
            [side_preference.columns_of(alone, of_sides, records), joint.columns_of(together, of_sides, records)]
        )


@dataclass(frozen=True)
class Ranker:
    """All that ships: `trees` choose, `sureness` says how sure the choice is, `line` makes confidence of it.

    line: points [from probability, to confidence], both between 0 and 1. bounds: what is guaranteed (recalibrate.py).
    """

    network: Encoder | None
    preference: SidePreference
    names: list[str]
    trees: list[lightgbm.Booster]
    sureness: certainty.Certainty
    line: list[list[float]]
    bounds: list[dict]


def main() -> None:
    """Reads the records, trains stage by stage, writes the folder, and reports."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    records = load(*options.records)
    parts = split(records, SPLIT_SEED)
    print({name: len(chosen) for name, chosen in parts.items()}, flush=True)
    training = TrainingSettings(epochs=options.epochs)
    settings = replace(TreeSettings(), rounds=options.rounds)
    learned = np.sort(np.concatenate([parts['first'], parts['second']]))

    network, table = None, Table(records.columns, records.features)
    if not options.without_network:
        network, table = learn_ways(records, parts, table, training, options.work)
    preference, table = learn_sides(records, learned, table, options.records, options.work)
    sureness = learn_sureness(records, learned, table, settings, options.work)
    trees = [ranker_of(records, learned, table, settings, seed, 'all', options.work) for seed in settings.seeds]
    line, bounds = recalibrated(records, parts['calibration'], table, trees, sureness)

    ranker = Ranker(network, preference, table.names, trees, sureness, line, bounds)
    recipe = recipe_of(ranker, training, settings, {name: len(chosen) for name, chosen in parts.items()})
    write_folder(ranker, records, recipe, options.out)
    if options.dev is not None:
        report_on(ranker, options.dev)


def learn_ways(
    records: Records, parts: dict[str, np.ndarray], table: Table, training: TrainingSettings, work: Path
) -> tuple[Encoder, Table]:
    """The network that ships, and the table with what networks say of hunks that they have not learned.

    parts: numbers of the hunks of 'first', 'second' and 'calibration'.
    """
    first = trained_network(records, parts['first'], training, work / 'network-first')
    second = trained_network(records, parts['second'], training, work / 'network-second')
    names = network_columns.names_of(records)
    columns = np.zeros((len(records.features), len(names)), np.float32)
    for network, name in ((second, 'first'), (first, 'second'), (first, 'calibration')):
        part = records.part(parts[name])
        columns[records.rows_of(parts[name])] = network_columns.columns_of(part, *predict(network, part))
    return first, table.extended(names, columns)


def trained_network(records: Records, chosen: np.ndarray, training: TrainingSettings, folder: Path) -> Encoder:
    """A network of ways, learned from the chosen hunks; goes on from the folder's checkpoint."""
    ways, _ = records.ways()
    return train_encoder(records, chosen, EncoderSettings(ways=len(ways)), training, folder)


def learn_sides(
    records: Records, learned: np.ndarray, table: Table, folders: list[Path], work: Path
) -> tuple[SidePreference, Table]:
    """What tells sides, and the table with what it says of every hunk without having learned the hunk's repository."""
    of_sides = side_preference.load_sides(*folders)
    repositories = set(records.repositories[learned])
    alone, trees = side_preference.crossed_chances(of_sides, repositories, side_preference.SideSettings())
    together, networks = joint.crossed_joint(of_sides, alone, repositories, joint.JointSettings(), work)
    table = table.extended(side_preference.COLUMNS, side_preference.columns_of(alone, of_sides, records))
    table = table.extended(joint.COLUMNS, joint.columns_of(together, of_sides, records))
    return SidePreference(trees, networks, of_sides.columns), table


def ranker_of(
    records: Records, chosen: np.ndarray, table: Table, settings: TreeSettings, seed: int, name: str, work: Path
) -> lightgbm.Booster:
    """Trees that rank, learned from the chosen hunks; those of an earlier run where there are some, as they take minutes."""
    file = work / f'trees-{name}-{seed}.txt'
    if file.exists():
        return lightgbm.Booster(model_file=str(file))
    booster = train_trees(
        table.features[records.rows_of(chosen)],
        records.sizes[chosen],
        records.right[chosen],
        records.weights[chosen],
        settings,
        table.names,
        seed,
    )
    booster.save_model(str(file))
    return booster


def learn_sureness(
    records: Records, learned: np.ndarray, table: Table, settings: TreeSettings, work: Path
) -> certainty.Certainty:
    """What says how sure a first answer is, from answers of rankers that had not learned the hunk's repository."""
    rows = records.rows_of(learned)
    sizes, right = records.sizes[learned], records.right[learned]
    answered = crossed_answers(records, learned, table, settings, work)
    return certainty.train_certainty(
        certainty.table_of(table.features[rows], table.names, answered, sizes),
        rank_of_right(answered, sizes, right) == 0,
        records.evened[learned],
        certainty.CertaintySettings(),
    )


def crossed_answers(
    records: Records, learned: np.ndarray, table: Table, settings: TreeSettings, work: Path
) -> np.ndarray:
    """The probability of each row of the learned hunks, float64 [rows of learned], fold by fold of the repositories."""
    folds = np.array([side_preference.fold_of(repository) for repository in records.repositories[learned]])
    answered = np.zeros(len(table.features))
    for fold in range(side_preference.FOLDS):
        others, own = learned[folds != fold], learned[folds == fold]
        estimators = [
            ranker_of(records, others, table, settings, seed, f'without-{fold}', work)
            for seed in settings.seeds[:ESTIMATORS]
        ]
        rows = records.rows_of(own)
        answered[rows] = softmax(score(estimators, table.features[rows]), records.sizes[own])
    return answered[records.rows_of(learned)]


def recalibrated(
    records: Records, kept: np.ndarray, table: Table, trees: list[lightgbm.Booster], sureness: certainty.Certainty
) -> tuple[list[list[float]], list[dict]]:
    """The line from probability to confidence and what is guaranteed of it, from hunks of which nothing was learned."""
    rows = records.rows_of(kept)
    sizes, right = records.sizes[kept], records.right[kept]
    probabilities = softmax(score(trees, table.features[rows]), sizes)
    of_first = certainty.table_of(table.features[rows], table.names, probabilities, sizes)
    first_answers = certainty.first_probability(sureness, of_first)
    is_right = rank_of_right(probabilities, sizes, right) == 0
    line = fit_line(first_answers, is_right, records.evened[kept], len(set(records.repositories[kept])))
    confidence = apply_line(line, first_answers)
    bounds = guarantees(confidence, is_right)
    print('calibration', figures(probabilities, sizes, right, confidence), bounds, flush=True)
    return line, bounds


def recipe_of(ranker: Ranker, training: TrainingSettings, settings: TreeSettings, hunks: dict[str, int]) -> dict:
    """The settings that everything was trained with, for model.json. hunks: how many each part has."""
    network = ranker.network
    return {
        'network': None if network is None else {**asdict(network.settings), **asdict(training)},
        'trees': asdict(settings),
        'sides': asdict(side_preference.SideSettings()),
        'joint': asdict(joint.JointSettings()),
        'certainty': asdict(certainty.CertaintySettings()),
        'hunks': hunks,
    }


def write_folder(ranker: Ranker, records: Records, recipe: dict, out: Path) -> None:
    """Writes the graphs and model.json. records: for the lengths of the sequences that a network reads."""
    out.mkdir(parents=True, exist_ok=True)
    if ranker.network is not None:
        export_network(ranker.network, out / 'encoder.onnx')
    export_trees(ranker.trees, out / 'trees.onnx')
    export_sides(ranker.preference.trees, out / 'sides.onnx')
    export_joint(ranker.preference.networks, out / 'joint.onnx')
    export_certainty(ranker.sureness, out / 'certainty.onnx')
    described = {
        'encoder': None if ranker.network is None else 'encoder.onnx',
        'trees': 'trees.onnx',
        'sides': {'trees': 'sides.onnx', 'joint': 'joint.onnx', 'columns': ranker.preference.columns},
        'certainty': {'graph': 'certainty.onnx', 'columns': certainty.COLUMNS},
        'sequences': records.tokens.shape[1],
        'sequenceLength': records.tokens.shape[2],
        'columns': ranker.names,
        'calibration': ranker.line,
        # Fitted afterwards, by file_kinds.py.
        'corrections': {kind: [0.0, 1.0] for kind in KINDS},
        'bounds': ranker.bounds,
        'recipe': recipe,
    }
    write_manifest(out, VERSION, described)


def report_on(ranker: Ranker, folder: Path) -> None:
    """The figures on repositories that were used for nothing: all languages but Go, of which there is too little."""
    dev = load(folder)
    columns = [ranker.preference.columns_of(dev, folder)]
    if ranker.network is not None:
        columns.insert(0, network_columns.columns_of(dev, *predict(ranker.network, dev)))
    features = np.hstack([dev.features, *columns])
    probabilities = softmax(score(ranker.trees, features), dev.sizes)
    of_first = certainty.table_of(features, ranker.names, probabilities, dev.sizes)
    confidence = apply_line(ranker.line, certainty.first_probability(ranker.sureness, of_first))
    five = np.array([hunk['language'] != 'go' for hunk in dev.hunks])
    alone = np.array([not hunk['wholeFile'] for hunk in dev.hunks])
    for name, chosen in (('dev', five), ('dev, without whole files', five & alone)):
        at = np.flatnonzero(chosen)
        part = probabilities[dev.rows_of(at)]
        print(name, json.dumps(figures(part, dev.sizes[at], dev.right[at], confidence[at])), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        '--records', type=Path, nargs='+', required=True, help='what `lacuna record-merge --thin` wrote'
    )
    parser.add_argument('--work', type=Path, required=True, help='keeps checkpoints')
    parser.add_argument('--out', type=Path, required=True, help='the folder to make')
    parser.add_argument('--dev', type=Path, help='records of other repositories, to report on')
    parser.add_argument('--epochs', type=float, default=TrainingSettings.epochs)
    parser.add_argument('--rounds', type=int, default=TreeSettings.rounds)
    parser.add_argument('--without-network', action='store_true', help='trees alone')
    return parser.parse_args()


if __name__ == '__main__':
    torch.set_num_threads(1)
    main()
