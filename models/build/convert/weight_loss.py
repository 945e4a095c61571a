"""Measures what a model folder lost against the float weights, on text that nothing was trained on.

usage: python -m models.build.convert.weight_loss --source FILE.gguf --text DIR --reference FILE.npz [--infill] FOLDER...

Likelihood: prompts of recent/dev in our format; the tokens of prefix and target count. Infill: greedy first line of a fixed
part of infill/santacoder-fim-dev, 70 problems a language. The float reference is computed once and kept in a file.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from ..source.further_tokens import FURTHER_FILE
from ..source.read import Source
from ..source.texts import prompt, recent_examples
from ..source.tokenizer import make_tokenizer
from ..source.vocabulary import KEPT_FILE, load
from .run import Model

EXAMPLES_PER_LANGUAGE, INFILLS_PER_LANGUAGE, SEED = 6, 70, 11

# Of the reference's distribution this many likely tokens are kept one by one, the rest as one sum.
LIKELY = 64
LONGEST_LINE = 48


def prompts_of(folder: Path, tokenizer: Tokenizer) -> list[tuple[list[int], int]]:
    """Token ids of each prompt and the number of its first token that counts."""
    middle = tokenizer.token_to_id('<|fim_middle|>')
    encoded = [tokenizer.encode(prompt(e)).ids for e in recent_examples(folder, 'dev', EXAMPLES_PER_LANGUAGE, SEED)]
    if middle is None:
        raise ValueError('The tokenizer has no <|fim_middle|>.')
    return [(ids, ids.index(middle) + 1) for ids in encoded]


def float_reference(source: Source, kept: list[int], prompts: list[tuple[list[int], int]]) -> dict[str, np.ndarray]:
    """Distributions of the float model at every counted token: likely tokens, their log-probabilities, the truth's."""
    import torch

    from ..quantise.float_model import FloatLayer, normalise, rotations

    torch.set_grad_enabled(False)
    rows = torch.from_numpy(source.vocabulary_matrix()[kept])
    lengths = [len(ids) for ids, _ in prompts]
    rotation = rotations(source.shape, max(lengths))
    hidden = rows[[i for ids, _ in prompts for i in ids]]
    for number in tqdm(range(source.shape.layers), desc='float reference'):
        hidden = FloatLayer(source, number).run(hidden, lengths, rotation)
    norm = torch.from_numpy(source.weight('output_norm.weight'))
    found = []
    for state, (ids, start) in zip(hidden.split(lengths), prompts, strict=True):
        logs = (normalise(state[start - 1 : -1], norm, source.shape.epsilon) @ rows.T).log_softmax(-1).numpy()
        likely = np.argpartition(-logs, LIKELY, axis=-1)[:, :LIKELY]
        found.append(
            (likely, np.take_along_axis(logs, likely, -1), logs[np.arange(len(logs)), ids[start:]], logs.argmax(-1))
        )
    return dict(
        zip(
            ('likely', 'logs', 'truth', 'top'),
            (np.concatenate(part) for part in zip(*found, strict=True)),
            strict=True,
        )
    )


def likelihood(
    model: Model, prompts: list[tuple[list[int], int]], reference: dict[str, np.ndarray]
) -> dict[str, float]:
    """Mean negative log-likelihood (nats), top-1 %, top-1 equal to the reference's %, divergence from it (nats)."""
    loss, right, agreed, divergence, at = 0.0, 0, 0, 0.0, 0
    for ids, start in tqdm(prompts, desc='likelihood', leave=False):
        logits = model.logits(model.advance(ids, model.empty_cache())[:, start - 1 : -1])
        logs = logits - logits.max(-1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(-1, keepdims=True))
        part, truth, top = slice(at, at + len(logs)), np.array(ids[start:]), logs.argmax(-1)
        loss -= logs[np.arange(len(logs)), truth].sum()
        right, agreed = right + (top == truth).sum(), agreed + (top == reference['top'][part]).sum()
        theirs, ours = reference['logs'][part], np.take_along_axis(logs, reference['likely'][part], -1)
        divergence += (np.exp(theirs) * (theirs - ours)).sum()
        their_rest, our_rest = (np.maximum(1 - np.exp(some).sum(-1), 1e-9) for some in (theirs, ours))
        divergence += (their_rest * np.log(their_rest / our_rest)).sum()
        at += len(logs)
    return {
        'tokens': at,
        'nll': loss / at,
        'top1': 100 * right / at,
        'agree': 100 * agreed / at,
        'divergence': divergence / at,
    }


def infill(model: Model, folder: Path) -> dict[str, float]:
    """Exact match (%) of the first generated line, white space at its ends aside, by language and over all."""
    problems: dict[str, list[dict]] = {}
    with gzip.open(folder / 'infill/santacoder-fim-dev.jsonl.gz', 'rt', encoding='utf-8') as lines:
        for line in lines:
            problem = json.loads(line)
            problems.setdefault(problem['language'], []).append(problem)
    matches = {}
    for language, all_problems in sorted(problems.items()):
        random.Random(SEED).shuffle(all_problems)
        chosen = tqdm(all_problems[:INFILLS_PER_LANGUAGE], desc=f'infill, {language}', leave=False)
        # The benchmark cuts the line ends around the missing line away; an editor has them.
        lines_match = [
            _first_line(model, f'<|fim_prefix|><|fim_suffix|>\n{p["suffix"]}<|fim_middle|>{p["prompt"]}\n').strip()
            == p['canonical_solution'].strip()
            for p in chosen
        ]
        matches[language] = 100 * float(np.mean(lines_match))
    return {**matches, 'all': float(np.mean(list(matches.values())))}


def _first_line(model: Model, text: str) -> str:
    cache = model.empty_cache()
    generated: list[int] = []
    hidden = model.advance(model.tokenizer.encode(text).ids, cache)
    stop = {model.tokenizer.token_to_id(token) for token in model.manifest['prompt']['stop']}
    while len(generated) < LONGEST_LINE:
        token = int(model.logits(hidden[:, -1:]).argmax())
        if token in stop:
            break
        generated.append(token)
        line = model.tokenizer.decode(generated)
        if '\n' in line.lstrip('\n'):
            return line.lstrip('\n').split('\n')[0]
        hidden = model.advance([token], cache)
    return model.tokenizer.decode(generated)


def main() -> None:
    """Prints a line of figures for each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folders', type=Path, nargs='*')
    parser.add_argument('--source', type=Path, required=True)
    parser.add_argument('--text', type=Path, required=True)
    parser.add_argument('--kept', type=Path, default=KEPT_FILE)
    parser.add_argument('--reference', type=Path, required=True, help='kept between calls; made if it is missing')
    parser.add_argument('--infill', action='store_true')
    options = parser.parse_args()
    source = Source(options.source)
    kept = [*load(options.kept), *(load(FURTHER_FILE) if options.kept == KEPT_FILE else [])]
    prompts = prompts_of(options.text, make_tokenizer(source.vocabulary, kept))
    if not options.reference.exists():
        np.savez(options.reference, allow_pickle=False, **float_reference(source, kept, prompts))
    reference = dict(np.load(options.reference))
    print(f'float: nll {-reference["truth"].mean():.4f}')
    for folder in options.folders:
        model = Model(folder)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        result = {
            'size': size,
            **likelihood(model, prompts, reference),
            **(infill(model, options.text) if options.infill else {}),
        }
        print(folder.name, ' '.join(f'{key} {value:.4f}' for key, value in result.items()), flush=True)


if __name__ == '__main__':
    main()
