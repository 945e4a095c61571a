"""What training relies on, on records made up here: the parts keep repositories apart, the trees learn and survive their
conversion, the network's graph computes what the network computes, confidence is recalibrated and guaranteed cautiously.
"""

import itertools
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from models.build.merge import certainty, joint, network_columns, side_preference
from models.build.merge.encoder import Encoder, EncoderSettings, loss_of_ways
from models.build.merge.export import (
    export_certainty,
    export_joint,
    export_network,
    export_sides,
    export_trees,
    write_manifest,
)
from models.build.merge.rank_trees import TreeSettings, score, softmax, train_trees
from models.build.merge.ranking_figures import calibration_error, figures, rank_of_right
from models.build.merge.recalibrate import apply_line, fit_line, guarantees, log_odds
from models.build.merge.records import Records, load, split
from models.build.merge.train_encoder import (
    TrainingSettings,
    batches,
    pattern_columns,
    predict,
    train_encoder,
    way_targets,
)

PATTERNS = [f'way.token.{name}' for name in 'abcdefghi']
COLUMNS = ['signal', 'noise', 'way.line.x', *PATTERNS, 'way.token.merge']


@pytest.fixture
def records() -> Records:
    random = np.random.default_rng(5)
    hunks, rows = [], []
    for i in range(240):
        candidates = int(random.integers(2, 6))
        features = random.normal(size=(candidates + 1, len(COLUMNS)))
        features[:, 2:] = random.random((candidates + 1, len(COLUMNS) - 2)) > 0.7
        features[-1] = -9
        right = [int(features[:-1, 0].argmax())] if i % 10 else []
        rows.append(features)
        hunks.append(
            {
                'repo': f'r{i % 24}',
                'candidates': candidates,
                'right': right,
                'wholeFile': i % 3 == 0,
                'weak': i % 7 == 0,
            }
        )
    tokens = random.integers(1, 1 << 22, (240, 4, 16)).astype(np.int32)
    tokens[:, :, 10:] = 0
    edits = random.integers(0, 9, (240, 4, 16)).astype(np.uint8)
    return Records(hunks, COLUMNS, [''] * len(COLUMNS), np.concatenate(rows).astype(np.float32), tokens, edits)


def test_records_are_read_as_they_were_written(records: Records, tmp_path: Path):
    columns = [{'name': name, 'group': 'x'} for name in COLUMNS]
    (tmp_path / 'layout.json').write_text(json.dumps({'columns': columns, 'sequences': 4, 'sequenceLength': 16}))
    (tmp_path / 'hunks.jsonl').write_text('\n'.join(map(json.dumps, records.hunks)))
    for name in ('features.f32', 'tokens.i32', 'edits.u8'):
        getattr(records, name.split('.')[0]).tofile(tmp_path / name)
    read = load(tmp_path)
    assert (read.features == records.features).all() and (read.tokens == records.tokens).all()
    (tmp_path / 'features.f32').write_bytes(records.features[:-1].tobytes())
    with pytest.raises(ValueError, match='not complete'):
        load(tmp_path)


def test_no_repository_is_in_two_parts_and_none_moves(records: Records):
    parts = split(records, seed=1)
    owners = [set(records.repositories[chosen]) for chosen in parts.values()]
    assert sum(map(len, owners)) == 24 and set().union(*owners) == set(records.repositories)
    fewer = records.part(np.arange(0, 240, 2))
    for name, chosen in split(fewer, seed=1).items():
        assert set(fewer.repositories[chosen]) <= set(records.repositories[parts[name]])


def test_a_part_holds_the_rows_of_its_hunks(records: Records):
    part = records.part(np.array([3, 10]))
    at = records.starts[10]
    assert (part.features[part.starts[1] :] == records.features[at : at + records.sizes[10]]).all()
    assert list(part.right) == [records.right[3], records.right[10]]


def test_a_repository_counts_by_the_square_root_of_its_hunks(records: Records):
    hunks = [
        {**hunk, 'repo': 'large' if i < 16 else f'small{i}', 'wholeFile': i == 0}
        for i, hunk in enumerate(records.hunks[:20])
    ]
    evened = Records(hunks, COLUMNS, [], records.features, records.tokens, records.edits).evened
    assert evened[0] == 0.5 and (evened[1:16] == 0.25).all() and (evened[16:] == 1).all()


def test_trees_learn_what_is_right_and_that_nothing_may_be(records: Records, tmp_path: Path):
    settings = TreeSettings(rounds=60, rate=0.2)
    boosters = [
        train_trees(records.features, records.sizes, records.right, records.weights, settings, COLUMNS, seed)
        for seed in settings.seeds
    ]
    probabilities = softmax(score(boosters, records.features), records.sizes)
    assert np.allclose(np.add.reduceat(probabilities, records.starts), 1)
    found = figures(probabilities, records.sizes, records.right)
    assert found['top1'] > 0.75 and found['reachable'] == 0.9
    export_trees(boosters, tmp_path / 'trees.onnx')
    export_trees(boosters, tmp_path / 'again.onnx')
    assert (tmp_path / 'trees.onnx').read_bytes() == (tmp_path / 'again.onnx').read_bytes()
    session = onnxruntime.InferenceSession(str(tmp_path / 'trees.onnx'))
    (given,) = session.run(['scores'], {'features': records.features})
    assert np.abs(given[:, 0] - score(boosters, records.features)).max() < 1e-4


def test_trees_are_the_same_for_the_same_seed(records: Records):
    made = [
        train_trees(records.features, records.sizes, records.right, records.weights, TreeSettings(rounds=5), COLUMNS, 7)
        for _ in range(2)
    ]
    assert made[0].model_to_string() == made[1].model_to_string()


def test_the_graph_computes_what_the_network_computes(tmp_path: Path):
    torch.manual_seed(1)
    network = Encoder(EncoderSettings(width=32, ways=11)).eval()
    export_network(network, tmp_path / 'encoder.onnx')
    session = onnxruntime.InferenceSession(str(tmp_path / 'encoder.onnx'))
    for places in (1, 37, 96):
        tokens = np.random.default_rng(places).integers(0, 1 << 22, (1, 4, places)).astype(np.int32)
        edits = np.random.default_rng(places).integers(0, 9, (1, 4, places)).astype(np.int32)
        patterns, ways = session.run(['patterns', 'ways'], {'tokens': tokens, 'edits': edits})
        with torch.no_grad():
            expected = network(torch.from_numpy(tokens).long(), torch.from_numpy(edits).long())
        # Half precision keeps three digits of a weight.
        assert np.abs(patterns - expected[0].numpy()).max() < 2e-2
        assert np.abs(ways - expected[1].numpy()).max() < 2e-2


def test_padding_does_not_change_what_the_network_says():
    network = Encoder(EncoderSettings(width=32)).eval()
    tokens = torch.randint(1, 1 << 22, (1, 4, 20))
    edits = torch.randint(0, 9, (1, 4, 20))
    longer = (torch.nn.functional.pad(tokens, (0, 9)), torch.nn.functional.pad(edits, (0, 9)))
    with torch.no_grad():
        for short, long in zip(network(tokens, edits), network(*longer), strict=True):
            assert torch.allclose(short, long, atol=1e-5)


def test_without_kinds_of_edits_they_make_no_difference():
    network = Encoder(EncoderSettings(width=32, edits=False)).eval()
    tokens = torch.randint(1, 1 << 22, (1, 4, 20))
    with torch.no_grad():
        one, other = (network(tokens, torch.randint(0, 9, (1, 4, 20)))[1] for _ in range(2))
    assert torch.equal(one, other)


def test_training_goes_on_where_it_stopped(records: Records, tmp_path: Path, monkeypatch):
    model = EncoderSettings(width=32, layers=1, places=16, ways=len(records.ways()[0]))
    training = TrainingSettings(epochs=4, batch=32, checkpoint_steps=3)
    chosen = np.arange(240)
    whole = train_encoder(records, chosen, model, training, tmp_path / 'whole')

    from models.build.merge import train_encoder as module

    keep = module.save

    def stop_after(file, network, optimizer, step, identity):
        keep(file, network, optimizer, step, identity)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, 'save', stop_after)
    with pytest.raises(KeyboardInterrupt):
        train_encoder(records, chosen, model, training, tmp_path / 'parts')
    monkeypatch.setattr(module, 'save', keep)
    rest = train_encoder(records, chosen, model, training, tmp_path / 'parts')
    assert all(torch.equal(a, b) for a, b in zip(whole.state_dict().values(), rest.state_dict().values(), strict=True))


def test_hunks_without_a_right_way_teach_nothing(records: Records):
    patterns, ways = way_targets(records)
    assert not ways[records.right == records.sizes - 1].any()
    assert patterns.shape[1] == 9 and pattern_columns(records.ways()[0]) == list(range(1, 10))
    logits = torch.zeros(2, 3, requires_grad=True)
    right = torch.tensor([[True, True, False], [False, False, False]])
    loss = loss_of_ways(logits, right, torch.ones(2))
    assert torch.isclose(loss, torch.log(torch.tensor(1.5)))


def test_every_hunk_is_in_one_batch_of_an_epoch():
    lengths = np.random.default_rng(0).integers(1, 90, 500)
    found = batches(lengths, np.arange(100, 500), 64, np.random.default_rng(1))
    assert sorted(np.concatenate(found)) == list(range(100, 500))


def test_network_columns_add_what_leads_to_a_candidate(records: Records):
    names, came = records.ways()
    ways = np.random.default_rng(2).normal(size=(240, len(names)))
    columns = network_columns.columns_of(records, ways[:, :9], ways)
    log = ways[0] - np.log(np.exp(ways[0]).sum())
    for row in range(records.sizes[0] - 1):
        own = np.log(np.exp(log[came[row]]).sum()) if came[row].any() else -12
        assert columns[row, 0] == pytest.approx(own, abs=1e-4)
    assert columns[: records.sizes[0], 2].max() == 0
    assert columns.shape[1] == len(network_columns.names_of(records))


def test_predictions_do_not_depend_on_the_batch(records: Records):
    network = Encoder(EncoderSettings(width=32, places=16, ways=11)).eval()
    one, other = predict(network, records, 7), predict(network, records, 240)
    assert np.allclose(one[0], other[0], atol=1e-5) and np.allclose(one[1], other[1], atol=1e-5)


def test_recalibration_rises_and_mends_overconfidence():
    random = np.random.default_rng(3)
    claimed = random.random(6000)
    is_right = random.random(6000) < claimed**2
    line = fit_line(claimed, is_right, np.ones(6000), 6000)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(line))
    assert line[0] == [0.0, 0.0] and line[-1][0] == 1.0
    fresh = random.random(6000)
    came = random.random(6000) < fresh**2
    assert calibration_error(apply_line(line, fresh), came) < 0.03 < calibration_error(fresh, came)


def test_recalibration_trusts_few_repositories_less():
    random = np.random.default_rng(4)
    claimed = random.random(6000)
    is_right = random.random(6000) < claimed**2
    distances = [
        np.abs(apply_line(fit_line(claimed, is_right, np.ones(6000), repositories), claimed) - claimed).max()
        for repositories in (2, 20, 200, 2000)
    ]
    assert distances == sorted(distances) and distances[0] < 0.02 < 0.1 < distances[-1]


def test_recalibration_leaves_alone_what_is_calibrated():
    random = np.random.default_rng(4)
    claimed = random.random(6000)
    line = fit_line(claimed, random.random(6000) < claimed, np.ones(6000), 6000)
    assert np.abs(apply_line(line, claimed) - claimed).max() < 0.02


def test_guarantees_are_below_what_was_seen():
    random = np.random.default_rng(4)
    confidence = random.random(4000)
    is_right = random.random(4000) < confidence
    for guarantee in guarantees(confidence, is_right):
        chosen = confidence >= guarantee['confidence']
        assert guarantee['right'] < is_right[chosen].mean()
        assert guarantee['answers'] == chosen.sum()


def test_ties_go_to_the_earlier_candidate():
    places = rank_of_right(np.array([0.4, 0.4, 0.2, 0.5, 0.3, 0.2]), np.array([3, 3]), np.array([1, 2]))
    assert list(places) == [1, 10**6]


def test_the_manifest_names_every_graph(tmp_path: Path):
    (tmp_path / 'a.onnx').write_bytes(b'abc')
    write_manifest(tmp_path, '1.0.0', {'trees': 'a.onnx'})
    manifest = json.loads((tmp_path / 'model.json').read_text())
    assert manifest['files']['a.onnx']['bytes'] == 3 and len(manifest['files']['a.onnx']['sha256']) == 64


@pytest.fixture
def of_sides(records: Records, tmp_path: Path) -> side_preference.Sides:
    random = np.random.default_rng(6)
    columns = ['a', 'b']
    features = random.normal(size=(240, 2)).astype(np.float32)
    (tmp_path / 'layout.json').write_text(json.dumps({'sides': columns}))
    features.tofile(tmp_path / 'sides.f32')
    lines = []
    for i, hunk in enumerate(records.hunks):
        hunk['id'] = str(i)
        right = [bool(features[i, 0] > 0), bool(features[i, 1] > 0)]
        lines.append({'id': str(i), 'repo': hunk['repo'], 'commit': str(i // 48), 'weak': False, 'right': right})
    (tmp_path / 'sides.jsonl').write_text('\n'.join(map(json.dumps, lines)))
    return side_preference.load_sides(tmp_path, tmp_path)


def test_siblings_are_the_other_hunks_of_a_merge(of_sides: side_preference.Sides, records: Records):
    assert len(of_sides.place) == 240
    told = np.random.default_rng(1).normal(size=(240, 3))
    columns = side_preference.columns_of(told, of_sides, records)
    assert columns.shape == (len(records.features), len(side_preference.COLUMNS))
    # Hunks 0, 24 are of one repository and commit.
    at = records.starts[0]
    assert np.allclose(columns[at, :3], told[0], atol=1e-6) and np.allclose(columns[at, 3:6], told[24], atol=1e-6)
    assert columns[at, 6] == pytest.approx(np.log(2), abs=1e-6)


def test_a_hunk_alone_has_no_siblings(of_sides: side_preference.Sides, records: Records):
    alone = side_preference.Sides(
        of_sides.place, of_sides.repositories, np.arange(240), of_sides.features, of_sides.right, of_sides.weak, []
    )
    columns = side_preference.columns_of(np.zeros((240, 3)), alone, records)
    assert (columns[:, 3:6] == side_preference.NONE).all() and (columns[:, 6] == 0).all()


def test_no_repository_is_spoken_of_by_trees_that_learned_from_it(of_sides: side_preference.Sides, monkeypatch):
    taught = []

    def remember(features, right, settings):
        taught.append(
            {
                name
                for name, row in zip(of_sides.repositories, of_sides.features, strict=True)
                if (features == row).all(1).any()
            }
        )
        return len(taught) - 1

    def speak(which, features):
        spoken = {
            name
            for name, row in zip(of_sides.repositories, of_sides.features, strict=True)
            if (features == row).all(1).any()
        }
        assert not spoken & taught[which]
        return np.zeros((len(features), 3))

    monkeypatch.setattr(side_preference, 'train_sides', remember)
    monkeypatch.setattr(side_preference, 'chances', speak)
    side_preference.crossed_chances(of_sides, {f'r{i}' for i in range(18)}, side_preference.SideSettings())
    assert taught[-1] == {f'r{i}' for i in range(18)}


def test_the_graph_of_the_sides_gives_what_their_trees_give(of_sides: side_preference.Sides, tmp_path: Path):
    boosters = side_preference.train_sides(of_sides.features, of_sides.right, side_preference.SideSettings(rounds=20))
    export_sides(boosters, tmp_path / 'sides.onnx')
    session = onnxruntime.InferenceSession(str(tmp_path / 'sides.onnx'))
    (given,) = session.run(['scores'], {'features': of_sides.features})
    expected = np.stack([booster.predict(of_sides.features, raw_score=True) for booster in boosters], 1)
    assert given.shape == (240, 2) and np.abs(given - expected).max() < 1e-5
    told = side_preference.chances(boosters, of_sides.features)
    assert (told[:, 1] > 0.5)[of_sides.right[:, 0]].mean() > 0.9


JOINT = joint.JointSettings(width=16, layers=2, heads=2, epochs=4, rate=0.01, seeds=(1, 2))


def sides_of(merges: np.ndarray, features: np.ndarray, right: np.ndarray) -> side_preference.Sides:
    place = {str(i): i for i in range(len(merges))}
    repositories = np.array([f'r{merge % 12}' for merge in merges])
    return side_preference.Sides(
        place, repositories, merges, features.astype(np.float32), right, np.zeros(len(merges), bool), []
    )


@pytest.fixture
def taken_whole() -> side_preference.Sides:
    """Merges that take one side throughout; one conflict in three shows which."""
    random = np.random.default_rng(8)
    merges = np.repeat(np.arange(300), 5)
    ours = (random.random(300) > 0.5)[merges]
    shows = random.random(1500) < 1 / 3
    features = np.stack([np.where(shows, np.where(ours, 3, -3), 0), random.normal(size=1500)], 1)
    return sides_of(merges, features, np.stack([ours, ~ours], 1))


def test_conflicts_that_show_nothing_are_known_by_their_siblings(taken_whole: side_preference.Sides):
    alone = np.zeros((1500, 3))
    learned = np.flatnonzero(taken_whole.merges < 200)
    features = joint.input_of(taken_whole, alone)
    network = joint.train_joint(features, taken_whole, learned, JOINT, 1)
    unknown = np.flatnonzero(taken_whole.merges >= 200)
    told = joint.joint_chances([network], features, taken_whole.merges, unknown)
    assert np.isnan(told[learned]).all()
    shows_nothing = unknown[features[unknown, 0] == 0]
    some = np.array([(features[taken_whole.merges == merge, 0] != 0).any() for merge in range(300)])
    helped = shows_nothing[some[taken_whole.merges[shows_nothing]]]
    assert ((told[helped, 0] > 0) == taken_whole.right[helped, 0]).mean() > 0.9
    by_itself = joint.joint_chances([network], features, np.arange(1500), unknown)
    assert np.ptp(by_itself[helped, 0]) < np.ptp(told[helped, 0])


def test_the_network_of_merges_is_the_same_for_the_same_seed(taken_whole: side_preference.Sides):
    features = joint.input_of(taken_whole, np.zeros((1500, 3)))
    made = [joint.train_joint(features, taken_whole, np.arange(300), JOINT, 3).state_dict() for _ in range(2)]
    assert all(torch.equal(a, b) for a, b in zip(made[0].values(), made[1].values(), strict=True))


def test_the_graph_of_merges_computes_what_the_networks_compute(tmp_path: Path):
    torch.manual_seed(2)
    networks = [joint.Joint(joint.JointSettings(), np.zeros(38), np.ones(38)).eval() for _ in range(2)]
    joint_file = tmp_path / 'joint.onnx'
    export_joint(networks, joint_file)
    session = onnxruntime.InferenceSession(str(joint_file))
    features = np.random.default_rng(3).normal(size=(64, 38)).astype(np.float32) * 20
    for conflicts in (1, 2, 64):
        (given,) = session.run(['scores'], {'features': features[None, :conflicts]})
        told = joint.joint_chances(networks, features, np.zeros(64, int), np.arange(conflicts))
        assert given.shape == (1, conflicts, 2)
        assert np.abs(side_preference.chances_of(given[0]) - told[:conflicts]).max() < 2e-2


def test_a_merge_is_seen_whole_up_to_its_limit():
    merges = np.array([0] * 130 + [1] * 3)
    sets = joint.sets_of(merges, np.arange(133), joint.SEEN_TOGETHER, np.random.default_rng(0))
    assert sorted(len(of) for of in sets) == [2, 3, 64, 64]
    assert all(len(set(merges[of])) == 1 for of in sets)
    assert sorted(
        np.concatenate([i for batch in joint.batches(sets, np.random.default_rng(1)) for i in batch])
    ) == list(range(133))


def test_no_repository_is_spoken_of_by_networks_that_learned_from_it(
    taken_whole: side_preference.Sides, monkeypatch, tmp_path: Path
):
    def remember(features, of, chosen, settings, seed, file):
        return set(of.repositories[chosen])

    def speak(networks, features, merges, chosen):
        assert all(not set(taken_whole.repositories[chosen]) & taught for taught in networks)
        return np.zeros((len(features), 3))

    monkeypatch.setattr(joint, 'trained', remember)
    monkeypatch.setattr(joint, 'joint_chances', speak)
    learned = {f'r{i}' for i in range(9)}
    told, networks = joint.crossed_joint(taken_whole, np.zeros((1500, 3)), learned, JOINT, tmp_path)
    assert networks == [learned, learned] and told.shape == (1500, 3)


CERTAINTY_NAMES = ['way.line.ours', 'way.line.theirs', 'own.lean', 'merge.lean', 'merge.siblings', 'joint.lean']


def test_what_siblings_say_is_turned_to_the_side_of_the_first_answer():
    shared = [0.5, -2, 1, 3]
    rows = np.array([[1, 0, *shared], [0, 1, *shared], [-9, -9, *shared]] * 2)
    probabilities = np.array([0.7, 0.2, 0.1, 0.2, 0.7, 0.1])
    table = certainty.table_of(rows, CERTAINTY_NAMES, probabilities, np.array([3, 3]))
    assert table.shape == (2, 6 + len(certainty.COLUMNS))
    assert (table[:, :2] == [[1, 0], [0, 1]]).all()
    odds, second, none = np.log(0.7 / 0.3), np.log(0.2 / 0.8), np.log(0.1 / 0.9)
    expected = [odds, odds - second, none, 1, 0.5, -2, 3]
    assert np.allclose(table[0, 6:], expected, atol=1e-5)
    assert np.allclose(table[1, 6:], [*expected[:3], -1, -0.5, 2, -3], atol=1e-5)


def test_certainty_learns_whom_not_to_trust(tmp_path: Path):
    random = np.random.default_rng(9)
    said = random.random(8000) * 0.4 + 0.5
    odd = random.random(8000) > 0.5
    is_right = random.random(8000) < np.where(odd, said - 0.4, said)
    table = np.zeros((8000, 1 + len(certainty.COLUMNS)), np.float32)
    table[:, 0], table[:, 1] = odd, log_odds(said)
    settings = certainty.CertaintySettings(rounds=300)
    learned = certainty.train_certainty(table[:6000], is_right[:6000], np.ones(6000), settings)
    found = certainty.first_probability(learned, table[6000:])
    assert calibration_error(found, is_right[6000:]) < 0.1 < 0.15 < calibration_error(said[6000:], is_right[6000:])
    file = tmp_path / 'certainty.onnx'
    export_certainty(learned, file)
    session = onnxruntime.InferenceSession(str(file))
    for rows in (1, 2000):
        (given,) = session.run(['scores'], {'features': table[6000 : 6000 + rows]})
        expected = log_odds(found[:rows]) - table[6000 : 6000 + rows, 1]
        assert given.shape == (rows, 1) and np.abs(given[:, 0] - expected).max() < 1e-4
