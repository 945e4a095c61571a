"""Chooses the tokens that stay, and their order: the most frequent first, so that a shortlist is a prefix of the rows.

usage: python -m models.build.source.vocabulary --source FILE.gguf --text DIR [--tokens 50000] [--out LIST.txt.gz]

The choice is closed under the merges that make each token, so that byte-level BPE still reaches every token that is kept.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from .read import Source, Vocabulary
from .texts import vocabulary_texts
from .tokenizer import make_tokenizer

KEPT_FILE = Path(__file__).with_name('kept-tokens.txt.gz')

# The specials end completions, so they must be among the rows of any shortlist: they take the ids from here on.
FIRST_SPECIAL = 1000


def choose(vocabulary: Vocabulary, texts: dict[str, list[str]], size: int) -> list[int]:
    """Ids of about `size` tokens, in their new order; a little more where merges need it.

    `texts` maps a language to its texts; every language weighs the same, however much text it has.
    """
    full = make_tokenizer(vocabulary, vocabulary.used())
    specials = vocabulary.specials()
    share = _total(token_shares(full, texts, len(vocabulary.tokens), 'count all tokens'))
    single_bytes = [i for i in vocabulary.used() if len(vocabulary.tokens[i]) == 1]
    frequent = [int(i) for i in np.argsort(-share, kind='stable')[:size] if share[i] > 0]
    kept = sorted(closed_under_merges(vocabulary, {*single_bytes, *frequent}.difference(specials)))
    # Tokens that were pruned fall apart into others, so the frequencies that order the rows are counted once more.
    share = _total(token_shares(make_tokenizer(vocabulary, kept), texts, len(kept), 'count kept tokens'))
    ordered = [kept[i] for i in np.argsort(-share, kind='stable')]
    return ordered[:FIRST_SPECIAL] + specials + ordered[FIRST_SPECIAL:]


def save(kept: list[int], file: Path) -> None:
    """Writes one old id a line, in the new order; the file is the same bytes whenever it is made."""
    file.write_bytes(gzip.compress(''.join(f'{i}\n' for i in kept).encode(), compresslevel=9, mtime=0))


def load(file: Path) -> list[int]:
    """The list that `save` wrote."""
    return [int(line) for line in gzip.decompress(file.read_bytes()).split()]


def closed_under_merges(vocabulary: Vocabulary, kept: set[int]) -> set[int]:
    """The tokens with all that the merges of each of them need."""
    ids = {token: i for i, token in enumerate(vocabulary.tokens)}
    # The first merge that makes a token is the one that BPE uses, so later ones must not overwrite it.
    parts = {a + b: (a, b) for a, b in reversed(vocabulary.merges)}
    closed, waiting = set(kept), list(kept)
    while waiting:
        for part in parts.get(vocabulary.tokens[waiting.pop()], ()):
            if ids[part] not in closed:
                closed.add(ids[part])
                waiting.append(ids[part])
    return closed


def _total(shares: dict[str, np.ndarray]) -> np.ndarray:
    return np.sum(list(shares.values()), axis=0)


def token_shares(tokenizer: Tokenizer, texts: dict[str, list[str]], size: int, label: str) -> dict[str, np.ndarray]:
    """Language -> the share that each token has of the tokens of its texts."""
    shares = {}
    for language, all_texts in texts.items():
        count = np.zeros(size)
        for start in tqdm(range(0, len(all_texts), 1000), desc=f'{label}, {language}', leave=False):
            for encoding in tokenizer.encode_batch(all_texts[start : start + 1000], add_special_tokens=False):
                count += np.bincount(encoding.ids, minlength=size)
        shares[language] = count / max(count.sum(), 1)
    return shares


def main() -> None:
    """Writes the list of tokens that stay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--source', type=Path, required=True)
    parser.add_argument('--text', type=Path, required=True, help='folder with merge/train-* and recent/train-*')
    parser.add_argument('--tokens', type=int, default=48000, help='tokens chosen by frequency, before closing')
    parser.add_argument('--out', type=Path, default=KEPT_FILE)
    options = parser.parse_args()
    kept = choose(Source(options.source).vocabulary, vocabulary_texts(options.text), options.tokens)
    save(kept, options.out)
    print(f'{len(kept)} tokens kept')


if __name__ == '__main__':
    main()
