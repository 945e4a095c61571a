"""What the general controller says of made-up signals, for server/src/model/exits/general.ts."""

import json
from pathlib import Path

import numpy as np

from ..exits.general import odds_of

ROWS = 30


def general_controller(file: Path) -> dict:
    """Rows of signals around the training's centres, some far out, and the log-odds of each."""
    controller = json.loads(file.read_text(encoding='utf-8'))
    random = np.random.default_rng(5)
    centres, scales = np.array(controller['centres']), np.array(controller['scales'])
    rows = (centres + scales * random.normal(0, 1, (ROWS, len(centres)))).round(4)
    rows[:3] *= 20
    return {'mark': controller['mark'], 'rows': rows.tolist(), 'odds': odds_of(controller, rows).tolist()}
