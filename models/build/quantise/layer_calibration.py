"""Calibrated rounding of a whole model, layer by layer, on prompts in our format. Needs requirements-train.txt.

The hidden states that a layer is calibrated with come from the layers already rounded, and the inputs of its matrices are
rounded to 8 bits as onnxruntime does it. The work folder keeps every finished layer, so that a run that was cut off goes on
where it stopped.
"""

import random
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ..source.read import Source
from ..source.recipe import Recipe
from ..source.texts import merge_examples, prompt, recent_examples
from ..source.tokenizer import make_tokenizer
from .blocks import Quantised
from .float_model import FloatLayer, attend, normalise, rotations
from .gptq import calibrated
from .nearest import LayerMatrix, matrix_format, rounded_rows

SEED = 5

# The wider a matrix, the more directions have to be learnt from the same tokens, and the less each is to be trusted.
DAMPING, WIDE_DAMPING = 0.05, 0.15

# The rows of the head are the embedding as well, where no moment of hidden states says what matters: half of each.
HEAD_DAMPING = 1.0


def quantisation_calibration(
    source: Source, kept: list[int], recipe: Recipe, text: Path, work: Path
) -> tuple[LayerMatrix, list[Quantised]]:
    """Matrices of the layers, and parts of the head; goes on from what the work folder holds of an earlier run.

    text: folder with recent/train-* and merge/train-*. The work folder belongs to one source and one recipe.
    """
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    work.mkdir(parents=True, exist_ok=True)
    rows = rounded_rows(source, kept, recipe)
    states_file = work / 'states.npz'
    states = _States.load(states_file) if states_file.exists() else _first_states(source, kept, recipe, text, rows)
    layers = source.shape.layers
    for number in tqdm(range(states.done, layers), desc='calibrate', initial=states.done, total=layers):
        _calibrate_layer(source, recipe, number, states, work)
        states.done = number + 1
        states.save(states_file)
    rows = _calibrated_rows(source, kept, recipe, states, rows)
    return (lambda layer, name: _load(work / f'{layer:02}-{name}.npz')), rows


def _first_states(source: Source, kept: list[int], recipe: Recipe, text: Path, rows: list[Quantised]) -> '_States':
    tokenizer = make_tokenizer(source.vocabulary, kept)
    examples = recent_examples(text, 'train', recipe.examples, SEED) + merge_examples(text, recipe.examples // 2, SEED)
    random.Random(SEED).shuffle(examples)
    prompts = [tokenizer.encode(prompt(example)).ids for example in examples]
    embedding = torch.from_numpy(np.concatenate([part.dequantised() for part in rows]))
    tqdm.write(f'{len(prompts)} prompts, {sum(map(len, prompts))} tokens')
    return _States(0, [len(one) for one in prompts], embedding[[i for one in prompts for i in one]])


def _calibrate_layer(source: Source, recipe: Recipe, number: int, states: '_States', work: Path) -> None:
    layer, shape = FloatLayer(source, number), source.shape

    def round_matrices(
        names: tuple[str, ...], inputs: torch.Tensor, weight: torch.Tensor | float, damping: float
    ) -> None:
        moment = (inputs * weight).T @ inputs / len(inputs)
        for name in names:
            bits, block = matrix_format(recipe, name)
            quantised = calibrated(layer.matrices[name], moment, bits, block, recipe.symmetric, damping)
            layer.matrices[name] = torch.from_numpy(quantised.dequantised())
            _save(work / f'{number:02}-{name}.npz', quantised)

    # What is added to the hidden states matters in proportion to them, because a norm follows: those of the first token
    # are hundreds of times larger than the others, and unweighted they would be all that is listened to.
    weight = 1 / states.hidden.pow(2).mean(-1, keepdim=True)
    weight /= weight.mean()

    normalised = normalise(states.hidden, layer.small['attn_norm.weight'], shape.epsilon)
    inputs = round_inputs(normalised, recipe.block)
    round_matrices(('attn_q', 'attn_k', 'attn_v'), inputs, 1.0, DAMPING)
    inputs = round_inputs(attend(layer, inputs, states.lengths, rotations(shape, max(states.lengths))), recipe.block)
    round_matrices(('attn_output',), inputs, weight, DAMPING)
    states.hidden += inputs @ layer.matrices['attn_output'].T

    normalised = normalise(states.hidden, layer.small['ffn_norm.weight'], shape.epsilon)
    inputs = round_inputs(normalised, recipe.block)
    round_matrices(('ffn_gate', 'ffn_up'), inputs, 1.0, DAMPING)
    inputs = round_inputs(layer.gated(inputs), recipe.block)
    round_matrices(('ffn_down',), inputs, weight, WIDE_DAMPING)
    states.hidden += inputs @ layer.matrices['ffn_down'].T


def _calibrated_rows(
    source: Source, kept: list[int], recipe: Recipe, states: '_States', rounded: list[Quantised]
) -> list[Quantised]:
    """The head's parts; rounding to 8 bits loses nothing worth calibrating for."""
    norm = torch.from_numpy(source.weight('output_norm.weight'))
    inputs = round_inputs(normalise(states.hidden, norm, source.shape.epsilon), recipe.block)
    moment = inputs.T @ inputs / len(inputs)
    matrix, parts, start = torch.from_numpy(source.vocabulary_matrix()[kept]), [], 0
    for part in tqdm(rounded, desc='calibrate head'):
        end = start + part.rows
        if part.bits == 4:
            part = calibrated(matrix[start:end], moment, part.bits, part.block, part.zero_points is None, HEAD_DAMPING)
        parts.append(part)
        start = end
    return parts


class _States:
    """Hidden states [tokens, hidden] of all prompts behind one another after `done` layers."""

    def __init__(self, done: int, lengths: list[int], hidden: torch.Tensor):
        self.done, self.lengths, self.hidden = done, lengths, hidden

    def save(self, file: Path) -> None:
        partial = file.with_suffix('.partial.npz')
        np.savez(partial, done=self.done, lengths=self.lengths, hidden=self.hidden.numpy())
        partial.replace(file)

    @staticmethod
    def load(file: Path) -> '_States':
        with np.load(file) as saved:
            lengths = [int(length) for length in saved['lengths']]
            return _States(int(saved['done']), lengths, torch.from_numpy(saved['hidden']))


def round_inputs(values: torch.Tensor, block: int) -> torch.Tensor:
    """Inputs as MatMulNBits sees them at accuracy level 4: 8 bits in blocks, the largest value at 127."""
    parts = values.view(len(values), -1, block)
    scale = parts.abs().amax(-1, keepdim=True) / 127
    scale[scale == 0] = 1
    return ((parts / scale).round() * scale).view(values.shape)


def _save(file: Path, quantised: Quantised) -> None:
    arrays = {'codes': quantised.codes, 'scales': quantised.scales}
    if quantised.zero_points is not None:
        arrays['zero_points'] = quantised.zero_points
    bits, block = np.array(quantised.bits), np.array(quantised.block)
    np.savez(file, allow_pickle=False, bits=bits, block=block, **arrays)


def _load(file: Path) -> Quantised:
    with np.load(file) as saved:
        zero_points = saved.get('zero_points')
        codes = saved['codes']
        return Quantised(codes, saved['scales'], zero_points, int(saved['bits']), int(saved['block']), codes.shape[1])
