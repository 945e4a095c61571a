"""Chooses the tokens that are appended behind those of vocabulary.py: for comments in the languages that people write.

usage: python -m models.build.source.further_tokens --source FILE.gguf --text DIR --prose DIR [--tokens 15500] [--out LIST]

PROSE holds LANGUAGE.txt for each language of LETTERS, a sentence a line; DIR holds code as for vocabulary.py. Ids that are
there already stay as they are, and the choice is closed under merges together with them.
"""

import argparse
import re
from pathlib import Path

import numpy as np

from .read import Source, Vocabulary
from .texts import vocabulary_texts
from .tiny import byte_characters
from .tokenizer import make_tokenizer
from .vocabulary import KEPT_FILE, closed_under_merges, load, save, token_shares

# Language -> the share that each token of the full vocabulary has of its text.
Shares = dict[str, np.ndarray]

FURTHER_FILE = Path(__file__).with_name('further-tokens.txt.gz')

# Letters that tell a language's own tokens; those of Latin script are known by letters beyond ASCII.
LATIN, CYRILLIC, CHINESE = 'À-ſ', 'Ѐ-ӿ', '一-鿿'
LETTERS = {
    'zh': CHINESE,
    'ja': CHINESE + '぀-ヿ',
    'ko': '가-힣',
    'ru': CYRILLIC,
    'uk': CYRILLIC,
    'el': 'Ͱ-Ͽ',
    'hi': 'ऀ-ॿ',
    'ar': '؀-ۿ',
    **dict.fromkeys(('de', 'fr', 'es', 'pt', 'pl', 'tr'), LATIN),
}

# The bytes behind the characters in which byte-level BPE writes them.
BYTES = {character: byte for byte, character in enumerate(byte_characters())}

# The languages of code that the first choice did not know, how much one of them weighs, and how much text is enough.
CODE = ('c', 'cpp', 'kotlin', 'php', 'ruby', 'rust')
CODE_WEIGHT, CODE_CHARACTERS, TEXTS_PER_REPOSITORY = 4, 4_000_000, 150

# Text at hand is small and of one kind. Ids are in the order in which merges were learned, so that the lower of two is
# the more frequent in general: this share of a language's weight goes to its script's tokens by Zipf's law over ids.
PROSE_PRIOR, CODE_PRIOR = 0.3, 0.05
PROSE_OFFSET, CODE_OFFSET = 100, 1000


def choose_further(vocabulary: Vocabulary, kept: list[int], prose: Shares, code: Shares, size: int) -> list[int]:
    """Ids of about `size` tokens that are not among `kept`, in order, with what their merges need; then those of line ends."""
    specials = {*vocabulary.specials()}
    ordinary = np.array([i for i in vocabulary.used() if i not in specials])
    texts = [_text_of(vocabulary.tokens[i]) for i in ordinary]

    def with_letters(letters: str) -> np.ndarray:
        pattern = re.compile(f'[{letters}]')
        return ordinary[[pattern.search(text) is not None for text in texts]]

    total = np.zeros(len(vocabulary.tokens))
    for language, share in prose.items():
        own = with_letters(LETTERS[language])
        total += _with_prior(share, own, PROSE_PRIOR * share[own].sum(), PROSE_OFFSET)
    ascii_only = np.setdiff1d(ordinary, with_letters('^\0-\x7f'))
    for share in code.values():
        total += CODE_WEIGHT * _with_prior(share, ascii_only, CODE_PRIOR, CODE_OFFSET)
    there = {*kept, *specials}
    wanted = [int(i) for i in np.argsort(-total, kind='stable') if total[i] > 0 and i not in there][:size]
    chosen = sorted(closed_under_merges(vocabulary, {*kept, *wanted}).difference(there))
    return [*chosen, *choose_line_ends(vocabulary, [*kept, *chosen])]


def choose_line_ends(vocabulary: Vocabulary, kept: list[int]) -> list[int]:
    """Ids, in ascending order, of the tokens that end a line behind text beyond ASCII, with what their merges need.

    Each is rare in text, but the model ends most lines of Chinese and Japanese with one (a full stop and its line end are
    one token) and writes on where it cannot.
    """
    texts = {i: _text_of(vocabulary.tokens[i]) for i in vocabulary.used()}
    ends = {i for i, text in texts.items() if '\n' in text and not text.isascii()}
    return sorted(closed_under_merges(vocabulary, {*kept, *ends}).difference(kept))


def _with_prior(share: np.ndarray, ids: np.ndarray, weight: float, offset: int) -> np.ndarray:
    """The shares with `weight` of them given to `ids` by their order."""
    prior = np.zeros_like(share)
    prior[ids] = 1 / (np.arange(len(ids)) + offset)
    return share * (1 - weight) + weight * prior / max(prior.sum(), 1e-12)


def _text_of(token: str) -> str:
    """The text of a byte-level token; bytes that are no whole character are left out."""
    return bytes(BYTES[character] for character in token).decode('utf-8', errors='ignore')


def read_prose(folder: Path) -> dict[str, list[str]]:
    """Language -> sentences, each with a space before it, as a comment has. Raises FileNotFoundError for a missing one."""
    return {
        language: [f' {line}' for line in (folder / f'{language}.txt').read_text(encoding='utf-8').splitlines() if line]
        for language in LETTERS
    }


def main() -> None:
    """Writes the list of further tokens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--source', type=Path, required=True)
    parser.add_argument('--text', type=Path, required=True, help='folder with merge/train-* and recent/train-*')
    parser.add_argument('--prose', type=Path, required=True, help='folder with LANGUAGE.txt')
    parser.add_argument('--tokens', type=int, default=15500, help='tokens chosen by frequency, before closing')
    parser.add_argument('--out', type=Path, default=FURTHER_FILE)
    options = parser.parse_args()
    vocabulary = Source(options.source).vocabulary
    full, size = make_tokenizer(vocabulary, vocabulary.used()), len(vocabulary.tokens)
    prose = token_shares(full, read_prose(options.prose), size, 'count prose')
    texts = vocabulary_texts(options.text, CODE, CODE_CHARACTERS, TEXTS_PER_REPOSITORY)
    code = token_shares(full, texts, size, 'count code')
    further = choose_further(vocabulary, load(KEPT_FILE), prose, code, options.tokens)
    save(further, options.out)
    print(f'{len(further)} further tokens')


if __name__ == '__main__':
    main()
