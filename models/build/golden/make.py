"""Writes the golden files of server/test/fixtures/golden.

usage: python -m models.build.golden.make [--out server/test/fixtures/golden]

They are to be made anew when a score or the ranker that ships was trained again; the tests of models/build say so.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from .binomial import binomial_tails
from .general_controller import general_controller
from .hole_scores import shipped_scores, small_score
from .merge_columns import merge_columns
from .relevance import relevance

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / 'server/test/fixtures/golden'

FILES: dict[str, Callable[[], dict]] = {
    'binomialTails.json': binomial_tails,
    'relevance.json': relevance,
    'smallScore.json': small_score,
    'shippedScores.json': lambda: shipped_scores(ROOT / 'models/lacuna-0.5b/holes/score.json'),
    'generalController.json': lambda: general_controller(ROOT / 'models/general/controller.json'),
    'mergeColumns.json': lambda: merge_columns(ROOT / 'models/lacuna-merge'),
}


def main() -> None:
    """Makes all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, default=FOLDER)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (out / name).write_text(json.dumps(make(), separators=(',', ':')) + '\n', encoding='utf-8')
        print('wrote', out / name)


if __name__ == '__main__':
    main()
