"""The general controller learns what its lines say, and is written as the product reads it."""

import json

import numpy as np
import pytest

from models.build.exits.general import ROOT, calibration_error, odds_of, platt, read_lines, thresholds_of, train

NAMES = ['evidence', 'noise', 'constant']


@pytest.fixture
def recorded(tmp_path):
    """240 lines of 12 repositories, likelier right the larger their first signal; one more signal than all models have."""
    random = np.random.default_rng(3)
    lines = []
    for number in range(240):
        evidence = random.normal()
        tokens = [
            {'end': at, 'signals': [evidence * (at + 1) / 3, float(random.normal()), 1.0, 7.0]} for at in range(3)
        ]
        right = bool(random.random() < 1 / (1 + np.exp(-3 * evidence)))
        lines.append(
            {
                'id': str(number),
                'repo': f'r{number % 12}',
                'right': right,
                'logProbability': -1.0,
                'probability': 0.5,
                'tokens': tokens,
            }
        )
    file = tmp_path / 'lines.jsonl'
    file.write_text(''.join(json.dumps(line) + '\n' for line in lines))
    return read_lines([file], len(NAMES))


def test_it_ranks_lines_of_repositories_that_it_has_not_seen(recorded):
    controller = train(recorded, NAMES)
    odds = odds_of(controller, recorded.signals)[recorded.ends]
    assert np.corrcoef(odds, recorded.signals[recorded.ends, 0])[0, 1] > 0.95
    assert calibration_error(1 / (1 + np.exp(-odds)), recorded.right) < 0.1
    assert abs(controller['weights'][0]) > 5 * abs(controller['weights'][2])


def test_the_mark_names_the_numbers(recorded):
    first, again = train(recorded, NAMES), train(recorded, NAMES)
    assert first == again
    assert train(recorded, [*NAMES[:2], 'other'])['mark'] != first['mark']


def test_thresholds_keep_the_shares_of_right_lines_that_they_name(recorded):
    odds = 3 * recorded.signals[:, 0]
    found = thresholds_of(recorded, odds)
    last = 1 / (1 + np.exp(-odds[recorded.ends]))
    kept = {word: (last[recorded.right == 1] >= found[word]['shown'] - 1e-5).mean() for word in found}
    assert kept['eager'] >= 0.98 and abs(kept['balanced'] - 0.95) < 0.02 and abs(kept['quiet'] - 0.75) < 0.02
    assert all(found[word]['earlyStopBelow'] <= found[word]['shown'] for word in found)


def test_platt_finds_the_line_that_the_outcomes_were_made_by():
    random = np.random.default_rng(1)
    odds = random.normal(0, 2, 20_000)
    right = (random.random(20_000) < 1 / (1 + np.exp(-(0.5 * odds - 1)))).astype(float)
    slope, offset = platt(odds, right)
    assert abs(slope - 0.5) < 0.05 and abs(offset + 1) < 0.05


def test_the_controller_that_ships_is_whole():
    shipped = json.loads((ROOT / 'models/general/controller.json').read_text(encoding='utf-8'))
    size = len(shipped['signals'])
    assert [len(shipped[name]) for name in ('centres', 'scales', 'weights')] == [size] * 3
    assert min(shipped['scales']) > 0
    assert np.isfinite(shipped['weights']).all()
