"""Makes random exits, always the same, for the tiny model of the tests; they are never right, and every part is there.

usage: python -m models.build.exits.tiny_exits server/test/fixtures/tiny-model
"""

import argparse
from pathlib import Path

import lightgbm
import numpy as np
import torch

from .controller_graph import write_controller
from .controller_model import Controller, Network
from .heads import Adapter, Draft
from .write_exits import write_gated, write_manifest, write_shortlist

HIDDEN, WIDTH, LAYER, SHORTLIST, SIGNALS, SEED = 64, 64, 2, 128, 39, 11


def main() -> None:
    """Writes the parts and exits.json into the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('model', type=Path, help='the folder of the tiny model')
    model = parser.parse_args().model
    torch.manual_seed(SEED)
    (model / 'exits').mkdir(exist_ok=True)
    write_shortlist(model, SHORTLIST)
    for name, inputs, module in (
        (f'exit-{LAYER}', ['hidden'], Adapter(HIDDEN, WIDTH)),
        ('draft', ['hidden', 'embedding'], Draft(HIDDEN, WIDTH)),
    ):
        torch.nn.init.normal_(module.gated.down.weight, std=0.1)
        write_gated(
            model / 'exits', name, HIDDEN, inputs, {k: v.detach().numpy() for k, v in module.named_parameters()}
        )
    signals = np.random.default_rng(SEED).standard_normal((64, SIGNALS))
    settings = {'objective': 'binary', 'num_leaves': 3, 'min_data_in_leaf': 4, 'verbose': -1}
    trees = lightgbm.train(settings, lightgbm.Dataset(signals, signals[:, 0] > 0), 2)
    controller = Controller([Network(HIDDEN, SIGNALS)], trees, trees, torch.zeros(SIGNALS), torch.ones(SIGNALS))
    write_controller(model / 'exits' / 'controller.onnx', controller)
    words = ('eager', 'balanced', 'quiet')
    estimator = {
        'controller': {'file': 'controller.onnx', 'signals': SIGNALS},
        'calibration': {
            'languages': [{'slope': 1.0, 'offset': 0.0}],
            'thresholds': {word: {'shown': 0.1 * n, 'goOn': 0.05 * n} for n, word in enumerate(words)},
            'n': 1,
            'data': 'none',
        },
        # About half of the tokens leave.
        'certificate': {
            'thresholds': [-0.25],
            'loss': 1.0,
            'delta': 0.05,
            'bound': 1.0,
            'n': 1,
            'lost': 0,
            'layersPerToken': 3.0,
            'data': 'none',
        },
    }
    write_manifest(model, [LAYER], SHORTLIST, estimator)


if __name__ == '__main__':
    main()
