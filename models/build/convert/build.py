"""Builds a model folder from a GGUF file of the Qwen2 family.

usage: python -m models.build.convert.build --source FILE.gguf --out models/lacuna-0.5b --text DIR --work DIR

Without further options this makes the model that Lacuna ships and insists on its source's SHA-256; models/README.md tells
about other sources and other recipes.
"""

import argparse
from pathlib import Path

from ..source.further_tokens import FURTHER_FILE
from ..source.read import Source, sha256
from ..source.recipe import METHODS, Recipe
from ..source.vocabulary import KEPT_FILE, load
from .convert import convert

ORIGIN = {
    'repository': 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF',
    'revision': 'ebb2015119c907b064c512bf053e945850b5875f',
    'file': 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
    'sha256': '1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32',
}


def main() -> None:
    """Reads the options, calibrates where the recipe says so, and converts."""
    options = _options()
    sum_found = sha256(options.source)
    if sum_found == ORIGIN['sha256']:
        origin = ORIGIN
    elif options.any_source:
        origin = {'file': options.source.name, 'sha256': sum_found}
    else:
        raise SystemExit(
            f'{options.source} has SHA-256 {sum_found}, expected {ORIGIN["sha256"]}; --any-source takes it nevertheless.'
        )
    source = Source(options.source)
    kept = load(options.kept) if origin is ORIGIN or options.kept != KEPT_FILE else source.vocabulary.used()
    further = load(options.further) if options.further else []
    if options.further is None and origin is ORIGIN and options.kept == KEPT_FILE:
        further = load(FURTHER_FILE)
    recipe = Recipe(
        method=options.method,
        bits=options.bits,
        block=options.block,
        symmetric=options.symmetric,
        kv_bits=options.kv_bits,
        kv_block=options.kv_block or options.block,
        head=options.head,
        examples=options.examples,
    )
    matrix, rows = None, None
    if recipe.method == 'gptq':
        if options.text is None or options.work is None:
            raise SystemExit('Calibration needs --text and --work.')
        # torch is loaded here and not above, because rounding to nearest and the tests do without it.
        from ..quantise.layer_calibration import quantisation_calibration

        matrix, rows = quantisation_calibration(source, kept, recipe, options.text, options.work)
    convert(
        source,
        kept,
        recipe,
        options.out,
        name=options.name or options.out.name,
        version=options.version,
        origin=origin,
        matrix=matrix,
        rows=rows,
        further=further,
    )


def _options() -> argparse.Namespace:
    standard = Recipe()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--source', type=Path, required=True, help='the GGUF file')
    parser.add_argument('--out', type=Path, required=True, help='the model folder to make')
    parser.add_argument('--any-source', action='store_true', help='take a file with another SHA-256')
    parser.add_argument('--kept', type=Path, default=KEPT_FILE, help='list that models.build.source.vocabulary wrote')
    parser.add_argument('--further', type=Path, help='list that models.build.source.further_tokens wrote for --kept')
    parser.add_argument('--name', help="the model's name; the folder's if not given")
    parser.add_argument('--version', default='1.0.0')
    parser.add_argument('--method', choices=METHODS, default=standard.method)
    parser.add_argument('--bits', type=int, choices=(4, 8), default=standard.bits)
    parser.add_argument('--block', type=int, default=standard.block)
    parser.add_argument('--symmetric', action='store_true', help='zero points in the middle of the range')
    parser.add_argument('--kv-bits', type=int, choices=(4, 8), default=standard.kv_bits)
    parser.add_argument('--kv-block', type=int)
    parser.add_argument(
        '--head', type=_head, default=standard.head, help='rows:bits:block,... with 0 rows for all that are left'
    )
    parser.add_argument('--text', type=Path, help='folder with recent/train-* and merge/train-*, for calibration')
    parser.add_argument(
        '--work', type=Path, help='folder where calibration keeps finished layers and goes on after a stop'
    )
    parser.add_argument('--examples', type=int, default=standard.examples, help='prompts a language for calibration')
    return parser.parse_args()


def _head(text: str) -> tuple[tuple[int, int, int], ...]:
    parts = []
    for part in text.split(','):
        rows, bits, block = (int(number) for number in part.split(':'))
        parts.append((rows, bits, block))
    return tuple(parts)


if __name__ == '__main__':
    main()
