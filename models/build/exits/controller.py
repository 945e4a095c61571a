"""Trains the controller on signals of recorded lines, calibrates it, and certifies its exits (certificate.py).

usage: python -m models.build.exits.controller --model FOLDER --train DIR... --calibration DIR... --work DIR

Two log-odds of each token at each exit: that the full model chooses the same token (leave), and that the line is right
(the last layer's, and the ones before it). Departing from SEC, leaving is learnt from agreement with the last layer. Each is
the mean of a network, which sees the hidden state too, and of boosted trees, which see the signals alone: they rank lines
about equally well, and err on different ones.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch.nn.functional import binary_cross_entropy_with_logits

from .certificate import certify, recalibrate_probability
from .controller_data import Data
from .controller_graph import write_controller
from .controller_model import Controller, Network

MEMBERS, EPOCHS, SEED = 4, 14, 3
TREES = {
    'objective': 'binary',
    'num_leaves': 8,
    'learning_rate': 0.03,
    'min_data_in_leaf': 200,
    'bagging_fraction': 0.7,
    'bagging_freq': 1,
    'feature_fraction': 0.5,
    'lambda_l2': 5.0,
    'seed': SEED,
    'deterministic': True,
    'verbose': -1,
}
TREE_ROUNDS = 300


def main() -> None:
    """Trains, evaluates on held-out repositories, and writes graph, calibration and certificate to the work folder."""
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    layers = [int(layer) for layer in options.layers.split(',')]
    data = Data(options.train, options.model, options.work, layers)
    figures = {}
    if not options.only_final:
        training, rest = np.flatnonzero(~data.held_out), np.flatnonzero(data.held_out)
        figures['heldOutRepositories'] = _figures(_train(data, training, options.threads).odds(data), data, rest)
        print('trained on', len(training), 'lines; held out', len(rest), figures['heldOutRepositories'])
    controller = _train(data, np.arange(len(data.lines)), options.threads)
    write_controller(options.work / 'controller.onnx', controller)
    calibration = Data(options.calibration, options.model, options.work, layers)
    odds = controller.odds(calibration)
    figures['calibration'] = _figures(odds, calibration, np.arange(len(calibration.lines)))
    estimator = {
        'controller': {'file': 'controller.onnx', 'signals': data.signals.shape[-1]},
        'calibration': recalibrate_probability(calibration, odds, options.calibration_name),
        'certificate': certify(calibration, odds, layers, options.calibration_name),
    }
    (options.work / 'judgement.json').write_text(json.dumps(estimator))
    (options.work / 'controller.json').write_text(json.dumps(figures))
    print(json.dumps(estimator, indent=1), json.dumps(figures, indent=1))


def _train(data: Data, lines: np.ndarray, threads: int) -> Controller:
    mean, deviation = data.signals.flatten(0, 1).mean(0), data.signals.flatten(0, 1).std(0).clamp(min=0.2)
    members = [_fit(data, lines, mean, deviation, seed) for seed in range(MEMBERS)]
    tokens, owners, weights = data.rows_of(lines)
    exits = data.signals.shape[1]
    same = data.choices[tokens] == data.choices[tokens, -1:]
    right = data.right[owners][:, None].expand_as(same)
    weight = weights[:, None] * depth_weights(exits)
    leave_trees = _fit_trees(data.signals[tokens, :-1], same[:, :-1], torch.ones(len(tokens), exits - 1), threads)
    return Controller(members, leave_trees, _fit_trees(data.signals[tokens], right, weight, threads), mean, deviation)


def _fit_trees(signals: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor, threads: int) -> lightgbm.Booster:
    """signals: [tokens, exits, signals], labels and weight: [tokens, exits]."""
    rows = lightgbm.Dataset(
        signals.flatten(0, 1).numpy(), labels.flatten().float().numpy(), weight=weight.flatten().numpy()
    )
    return lightgbm.train(TREES | {'num_threads': threads}, rows, TREE_ROUNDS)


def _fit(data: Data, lines: np.ndarray, mean: torch.Tensor, deviation: torch.Tensor, seed: int) -> Network:
    torch.manual_seed(seed)
    network = Network(data.states.shape[-1], data.signals.shape[-1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.05)
    tokens, owners, weights = data.rows_of(lines)
    batch = 512
    total = EPOCHS * -(-len(tokens) // batch)
    step = 0
    for epoch in range(EPOCHS):
        order = torch.from_numpy(np.random.default_rng(100 * seed + epoch).permutation(len(tokens)))
        for start in range(0, len(tokens), batch):
            chosen = order[start : start + batch]
            rows = tokens[chosen]
            odds = network(data.states[rows].float(), (data.signals[rows] - mean) / deviation)
            agree = (data.choices[rows] == data.choices[rows, -1:]).float()
            weight = weights[chosen][:, None]
            right = data.right[owners[chosen]][:, None].expand_as(agree)
            loss = (
                binary_cross_entropy_with_logits(odds[..., 1], right, reduction='none')
                * weight
                * depth_weights(odds.shape[1])
            ).mean() / weights.mean()
            loss = loss + binary_cross_entropy_with_logits(odds[:, :-1, 0], agree[:, :-1])
            optimiser.param_groups[0]['lr'] = 2e-3 * (1 - step / total)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return network.eval()


def depth_weights(exits: int) -> torch.Tensor:
    """How much being right counts at each exit, [exits]."""
    return torch.linspace(0.5, 1, exits)


def _figures(odds: np.ndarray, data: Data, lines: np.ndarray) -> dict[str, object]:
    ends = np.array([data.spans[line][1] - 1 for line in lines])
    right = data.right.numpy()[lines]
    plain = np.array([data.lines[line]['logProbability'] for line in lines])
    tokens = np.concatenate([np.arange(*data.spans[line]) for line in lines])
    agree = (data.choices == data.choices[:, -1:]).numpy()
    return {
        'right': round(roc_auc_score(right, odds[ends, -1, 1]), 4),
        'sumOfLogProbabilities': round(roc_auc_score(right, plain), 4),
        'droppedAtKept95': [round(_dropped(score, right), 4) for score in (odds[ends, -1, 1], plain)],
        'leave': [
            round(roc_auc_score(agree[tokens, exit], odds[tokens, exit, 0]), 4) for exit in range(odds.shape[1] - 1)
        ],
        'agree': [round(float(agree[tokens, exit].mean()), 4) for exit in range(odds.shape[1] - 1)],
    }


def _dropped(scores: np.ndarray, right: np.ndarray) -> float:
    threshold = np.sort(scores[right == 1])[int(0.05 * (right == 1).sum())]
    return float((scores[right == 0] < threshold).mean())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--model', type=Path, required=True)
    parser.add_argument('--train', type=Path, nargs='+', required=True)
    parser.add_argument('--calibration', type=Path, nargs='+', required=True)
    parser.add_argument(
        '--calibration-name', default='recent/calibration', help='what the calibration lines are, for the certificate'
    )
    parser.add_argument('--work', type=Path, required=True)
    parser.add_argument('--layers', default='18,20,22')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument(
        '--only-final', action='store_true', help='spare the run that is evaluated on held-out repositories'
    )
    return parser.parse_args()


if __name__ == '__main__':
    main()
