"""Trains the controller on signals of recorded lines, calibrates it, and certifies its exits.

usage: python3 controller.py --model models/lacuna-0.5b --train DIR... --calibration DIR... --work DIR

Two log-odds of each token at each exit: that the full model chooses the same token (leave), and that the line is right
(the last layer's, and the ones before it). Departing from SEC, leaving is learnt from agreement with the last layer.
Calibration: Platt's line on the log-odds at a line's end, with an offset for each language that is drawn to the common one.
Certificate: Learn Then Test (Angelopoulos et al. 2021) with fixed-sequence testing from strict to loose thresholds, and exact
binomial p-values. A line counts as lost where the full model is right and any of its tokens leaves with another one.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import minimize
from scipy.stats import binom
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, gelu

from heads import Adapter, normalise
from recordings import held_out, read
from sizes import ADAPTER_WIDTH, EPSILON

STATE_WIDTH, WIDTH, MEMBERS, EPOCHS, SEED = 16, 64, 4, 14, 3
LANGUAGES = ('typescript', 'javascript', 'python', 'java', 'csharp', 'go')
LOSS, DELTA = 0.01, 0.05
# Shares of the right lines that a word of the setting keeps, at a line's end and of those before it.
KEPT, KEPT_BEFORE_END = {'eager': 0.99, 'balanced': 0.95, 'quiet': 0.75}, 0.97


class Network(nn.Module):
    def __init__(self, hidden: int, signals: int):
        super().__init__()
        self.state = nn.Linear(hidden, STATE_WIDTH)
        self.first, self.second = nn.Linear(signals + STATE_WIDTH, WIDTH), nn.Linear(WIDTH, 2)
        self.drop = nn.Dropout(0.3)

    def forward(self, states: torch.Tensor, signals: torch.Tensor) -> torch.Tensor:
        """Log-odds [rows, 2]. states: normalised, signals: standardised."""
        both = torch.cat([torch.tanh(self.state(self.drop(states))), signals], -1)
        return self.second(self.drop(gelu(self.first(both))))


class Data:
    """Rows of all tokens at all exits. states [tokens, exits, hidden] (adapted, normalised), signals [tokens, exits, signals]."""

    def __init__(self, folders: list[Path], model: Path, work: Path, layers: list[int]):
        manifest = json.loads((model / 'model.json').read_text(encoding='utf-8'))
        segments = [segment['to'] for segment in manifest['segments']]
        hidden = manifest['architecture']['hidden']
        adapters = _adapters(work, layers, hidden)
        states, signals, choices, self.lines = [], [], [], []
        for folder in folders:
            lines = read([folder], len(segments), hidden).lines
            rows = sum(len(line['tokens']) for line in lines)
            raw_signals = np.fromfile(folder / 'signals.f32', np.float32)
            raw_choices = np.fromfile(folder / 'choices.i32', np.int32).reshape(-1, len(layers) + 1)
            lines = lines[: _lines_within(lines, len(raw_choices))]
            rows = sum(len(line['tokens']) for line in lines)
            signals.append(raw_signals.reshape(len(raw_choices), len(layers) + 1, -1)[:rows])
            choices.append(raw_choices[:rows])
            raw = torch.from_numpy(np.concatenate([line['states'] for line in lines]).astype(np.float32))
            with torch.no_grad():
                adapted = [normalise(adapters[layer](raw[:, segments.index(layer)])) for layer in layers]
                states.append(torch.stack([*adapted, normalise(raw[:, -1])], 1).half())
            self.lines += lines
        self.states, self.signals = torch.cat(states), torch.from_numpy(np.concatenate(signals))
        self.choices = torch.from_numpy(np.concatenate(choices))
        ends = np.cumsum([len(line['tokens']) for line in self.lines])
        self.spans = list(zip([0, *ends[:-1]], ends))
        self.right = torch.tensor([float(line['right']) for line in self.lines])
        self.held_out = np.array([held_out(line['repo']) for line in self.lines])

    def rows_of(self, lines: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Token numbers of lines, each token's line, and its weight: lines count alike, and their ends as much as the rest."""
        tokens, owners, weights = [], [], []
        for line in lines:
            start, end = self.spans[line]
            tokens += range(start, end)
            owners += [line] * (end - start)
            weights += [1 / (end - start)] * (end - start - 1) + [1 + 1 / (end - start)]
        return torch.tensor(tokens), torch.tensor(owners), torch.tensor(weights)


def main() -> None:
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    layers = [int(layer) for layer in options.layers.split(',')]
    data = Data(options.train, options.model, options.work, layers)
    mean, spread = data.signals.flatten(0, 1).mean(0), data.signals.flatten(0, 1).std(0).clamp(min=0.2)
    figures = {}
    if not options.only_final:
        training, rest = np.flatnonzero(~data.held_out), np.flatnonzero(data.held_out)
        members = _fit_all(data, training, mean, spread)
        figures['heldOutRepositories'] = _auc(members, data, rest, mean, spread)
        print('trained on', len(training), 'lines; held out', len(rest), figures['heldOutRepositories'])
    members = _fit_all(data, np.arange(len(data.lines)), mean, spread)
    write_controller(options.work / 'controller.onnx', members, mean, spread)
    calibration = Data(options.calibration, options.model, options.work, layers)
    odds = _predict(members, calibration, mean, spread)
    judgement = {
        'controller': {'file': 'controller.onnx', 'signals': data.signals.shape[-1]},
        'calibration': calibrate(calibration, odds, options.calibration_name),
        'certificate': certify(calibration, odds, layers, options.calibration_name),
    }
    (options.work / 'judgement.json').write_text(json.dumps(judgement))
    (options.work / 'controller.json').write_text(json.dumps(figures))
    print(json.dumps(judgement, indent=1))


def _fit_all(data: Data, lines: np.ndarray, mean: torch.Tensor, spread: torch.Tensor) -> list[Network]:
    return [_fit(data, lines, mean, spread, seed) for seed in range(MEMBERS)]


def _fit(data: Data, lines: np.ndarray, mean: torch.Tensor, spread: torch.Tensor, seed: int) -> Network:
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
            odds = network(data.states[rows].float(), (data.signals[rows] - mean) / spread)
            agree = (data.choices[rows] == data.choices[rows, -1:]).float()
            weight = weights[chosen][:, None]
            right = data.right[owners[chosen]][:, None].expand_as(agree)
            depth = torch.linspace(0.5, 1, odds.shape[1])
            loss = (binary_cross_entropy_with_logits(odds[..., 1], right, reduction='none') * weight * depth).mean() / weights.mean()
            loss = loss + binary_cross_entropy_with_logits(odds[:, :-1, 0], agree[:, :-1])
            optimiser.param_groups[0]['lr'] = 2e-3 * (1 - step / total)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return network.eval()


@torch.no_grad()
def _predict(members: list[Network], data: Data, mean: torch.Tensor, spread: torch.Tensor) -> np.ndarray:
    """Log-odds [tokens, exits, 2], the mean of the members."""
    parts = [
        sum(m(data.states[at : at + 2048].float(), (data.signals[at : at + 2048] - mean) / spread) for m in members) / len(members)
        for at in range(0, len(data.states), 2048)
    ]
    return torch.cat(parts).numpy()


def _auc(members, data: Data, lines: np.ndarray, mean, spread) -> dict[str, float]:
    odds = _predict(members, data, mean, spread)
    ends = np.array([data.spans[line][1] - 1 for line in lines])
    right = data.right.numpy()[lines]
    plain = np.array([data.lines[line]['logProbability'] for line in lines])
    tokens = np.concatenate([np.arange(*data.spans[line]) for line in lines])
    agree = (data.choices == data.choices[:, -1:]).numpy()
    return {
        'right': round(roc_auc_score(right, odds[ends, -1, 1]), 4),
        'sumOfLogProbabilities': round(roc_auc_score(right, plain), 4),
        'droppedAtKept95': [round(_dropped(score, right), 4) for score in (odds[ends, -1, 1], plain)],
        'leave': [round(roc_auc_score(agree[tokens, exit], odds[tokens, exit, 0]), 4) for exit in range(odds.shape[1] - 1)],
        'agree': [round(float(agree[tokens, exit].mean()), 4) for exit in range(odds.shape[1] - 1)],
    }


def _dropped(scores: np.ndarray, right: np.ndarray) -> float:
    threshold = np.sort(scores[right == 1])[int(0.05 * (right == 1).sum())]
    return float((scores[right == 0] < threshold).mean())


def calibrate(data: Data, odds: np.ndarray, name: str) -> dict:
    """Slope and offset by language, and the thresholds of the setting's words."""
    ends = np.array([end - 1 for _, end in data.spans])
    scores, right = odds[ends, -1, 1].astype(np.float64), data.right.numpy().astype(np.float64)
    language = np.array([LANGUAGES.index(line['language']) for line in data.lines])

    def loss(values: np.ndarray) -> float:
        logits = values[0] * scores + values[1] + values[2:][language]
        return float(np.logaddexp(0, np.where(right == 1, -logits, logits)).sum() + 4 * (values[2:] ** 2).sum())

    fitted = minimize(loss, np.array([1.0, 0.0, *np.zeros(len(LANGUAGES))])).x
    lines = [{'slope': fitted[0], 'offset': fitted[1] + by_language} for by_language in [*fitted[2:], 0.0]]
    probability = [
        1 / (1 + np.exp(-(fitted[0] * odds[start:end, -1, 1] + fitted[1] + fitted[2:][at])))
        for (start, end), at in zip(data.spans, language)
    ]
    last = np.array([p[-1] for p in probability])
    before = np.array([_least_before_end(p, line) for p, line in zip(probability, data.lines)])
    is_right = right == 1
    thresholds = {}
    for word, share in KEPT.items():
        shown = float(np.quantile(last[is_right], 1 - share))
        kept = is_right & (last >= shown)
        go_on = min(shown, float(np.quantile(before[kept], 1 - KEPT_BEFORE_END)))
        thresholds[word] = {'shown': round(shown, 5), 'goOn': round(go_on, 5)}
        stops = [_tokens_until(p, line, go_on) for p, line in zip(probability, data.lines)]
        saved = 1 - sum(stops) / sum(len(p) for p in probability)
        visible = (last >= shown) & (before >= go_on)
        print(word, thresholds[word], 'tokens spared', round(saved, 4), 'shown', round(visible.mean(), 4), 'right of shown',
              round(right[visible].mean(), 4), 'right kept', round(visible[is_right].mean(), 4))  # fmt: skip
    dropped = (last[~is_right] < thresholds['balanced']['shown']).mean()
    print('AUC', roc_auc_score(right, last), 'wrong lines dropped where 95 % of the right ones are kept', dropped)
    return {'languages': lines, 'thresholds': thresholds, 'n': len(ends), 'data': name}


def _least_before_end(probability: np.ndarray, line: dict) -> float:
    free = [p for p, token in zip(probability[:-1], line['tokens']) if token['forced'] == 0]
    return min(free, default=1.0)


def _tokens_until(probability: np.ndarray, line: dict, threshold: float) -> int:
    """Tokens that are computed when decoding stops below a threshold."""
    for i, (p, token) in enumerate(zip(probability, line['tokens'])):
        if token['forced'] == 0 and p < threshold:
            return i + 1
    return len(probability)


def certify(data: Data, odds: np.ndarray, layers: list[int], name: str) -> dict:
    """The loosest threshold up to which each stricter one kept the loss below LOSS with confidence 1 - DELTA."""
    full = layers[-1] + 2 if data.choices.shape[1] > len(layers) else layers[-1]
    agree = (data.choices == data.choices[:, -1:]).numpy()
    forced = np.array([token['forced'] > 0 for line in data.lines for token in line['tokens']])
    best = None
    for threshold in np.arange(9, -1, -0.1):
        leaves = (odds[:, :-1, 0] >= threshold) & ~forced[:, None]
        # The first token comes out of the prompt's pass, which goes through all layers.
        for start, _ in data.spans:
            leaves[start] = False
        first = np.where(leaves.any(1), leaves.argmax(1), len(layers))
        same = np.where(first < len(layers), agree[np.arange(len(first)), first], True)
        changed = np.array([not same[start:end].all() for start, end in data.spans])
        lost = int((changed & (data.right.numpy() == 1)).sum())
        depth = np.array([*layers, full])[first].mean()
        p_value = binom.cdf(lost, len(data.spans), LOSS)
        print(f'{threshold:.1f}: {depth:.2f} layers, {lost} lost, {changed.mean():.4f} changed, {(~same).mean():.5f} of tokens, p {p_value:.4f}')
        if p_value > DELTA:
            break
        best = (float(threshold), lost, float(depth))
    if best is None:
        raise SystemExit('No threshold can be certified on these lines.')
    threshold, lost, depth = best
    n = len(data.spans)
    bound = float(next(p for p in np.arange(0, 1, 0.0001) if binom.cdf(lost, n, p) <= DELTA))
    return {
        'thresholds': [round(threshold, 4)] * len(layers),
        'loss': LOSS,
        'delta': DELTA,
        'bound': round(bound, 4),
        'n': n,
        'lost': lost,
        'layersPerToken': depth,
        'data': name,
    }


def write_controller(file: Path, members: list[Network], mean: torch.Tensor, spread: torch.Tensor) -> None:
    """One graph for the mean of the members: states are normalised and signals standardised inside."""
    constants, nodes = [], []

    def constant(name: str, value: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float32)), name))
        return name

    def node(operator: str, inputs: list[str], output: str, **attributes) -> str:
        nodes.append(helper.make_node(operator, inputs, [output], name=f'{output}/{operator}', **attributes))
        return output

    hidden = members[0].state.in_features
    node('SimplifiedLayerNormalization', ['hidden', constant('ones', np.ones(hidden))], 'normalised', axis=-1, epsilon=EPSILON)
    node('Sub', ['signals', constant('mean', mean.numpy())], 'centred')
    node('Div', ['centred', constant('spread', spread.numpy())], 'standardised')
    odds = []
    for i, member in enumerate(members):
        w = {name: value.detach().numpy() for name, value in member.named_parameters()}

        def linear(source: str, layer: str, output: str) -> str:
            weights, bias = constant(f'{i}/{layer}.weight', w[f'{layer}.weight']), constant(f'{i}/{layer}.bias', w[f'{layer}.bias'])
            return node('Gemm', [source, weights, bias], f'{i}/{output}', transB=1)

        state = node('Tanh', [linear('normalised', 'state', 'state')], f'{i}/tanh')
        both = node('Concat', [state, 'standardised'], f'{i}/both', axis=-1)
        opened = linear(both, 'first', 'first')
        halves = node('Div', [opened, constant(f'{i}/root', np.array(2**0.5))], f'{i}/scaled')
        erf = node('Erf', [halves], f'{i}/erf')
        one = node('Add', [erf, constant(f'{i}/one', np.array(1.0))], f'{i}/one-added')
        product = node('Mul', [opened, one], f'{i}/product')
        gelu_out = node('Mul', [product, constant(f'{i}/half', np.array(0.5))], f'{i}/gelu')
        odds.append(linear(gelu_out, 'second', 'odds'))
    total = node('Sum', odds, 'sum')
    scaled = node('Mul', [total, constant('share', np.array(1 / len(members)))], 'odds')
    nodes.append(helper.make_node('Split', [scaled], ['leave', 'right'], name='split', axis=-1))
    inputs = [
        helper.make_tensor_value_info('hidden', TensorProto.FLOAT, ['n', hidden]),
        helper.make_tensor_value_info('signals', TensorProto.FLOAT, ['n', len(mean)]),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ['n', 1]) for name in ('leave', 'right')]
    graph = helper.make_graph(nodes, 'controller', inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8, producer_name='lacuna')
    file.write_bytes(model.SerializeToString(deterministic=True))


def _adapters(work: Path, layers: list[int], hidden: int) -> dict[int, Adapter]:
    saved = torch.load(work / 'exits.pt')['module']
    adapters = {}
    for layer in layers:
        adapters[layer] = Adapter(hidden, ADAPTER_WIDTH)
        adapters[layer].load_state_dict({k.removeprefix(f'{layer}.'): v for k, v in saved.items() if k.startswith(f'{layer}.')})
    return adapters


def _lines_within(lines: list[dict], rows: int) -> int:
    ends = np.cumsum([len(line['tokens']) for line in lines])
    return int(np.searchsorted(ends, rows, side='right'))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--model', type=Path, required=True)
    parser.add_argument('--train', type=Path, nargs='+', required=True)
    parser.add_argument('--calibration', type=Path, nargs='+', required=True)
    parser.add_argument('--calibration-name', default='recent/calibration', help='what the calibration lines are, for the certificate')
    parser.add_argument('--work', type=Path, required=True)
    parser.add_argument('--layers', default='18,20,22')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--only-final', action='store_true', help='spare the run that is judged on held-out repositories')
    return parser.parse_args()


if __name__ == '__main__':
    main()
