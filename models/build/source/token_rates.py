"""Compares how many tokens text costs with a model folder's vocabulary and with the full one of its source.

usage: python -m models.build.source.token_rates --source FILE.gguf --comments FILE.json [--text DIR] [--record] FOLDER...

FILE.json maps a language to {"full": tokens, "lines": [...]}; --record writes what the full vocabulary needs for the lines,
each as a comment, into it. DIR has recent/dev-*, of which every tenth place counts.
"""

import argparse
import json
from pathlib import Path

from tokenizers import Tokenizer

from .read import Source
from .texts import whole_texts
from .tokenizer import make_tokenizer

COMMENT, EVERY = '// ', 10


def count(tokenizer: Tokenizer, texts: list[str]) -> int:
    """Tokens of all texts together."""
    return sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False))


def main() -> None:
    """Prints a line for each language: its full tokens, and by what factor a folder needs more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folders', type=Path, nargs='*')
    parser.add_argument('--source', type=Path, required=True)
    parser.add_argument('--comments', type=Path, required=True)
    parser.add_argument('--text', type=Path)
    parser.add_argument('--record', action='store_true')
    options = parser.parse_args()
    comments = json.loads(options.comments.read_text(encoding='utf-8'))
    texts = {language: [COMMENT + line for line in entry['lines']] for language, entry in comments.items()}
    if options.text is not None:
        for file in sorted(options.text.glob('recent/dev-*')):
            language = file.name.removeprefix('dev-').split('.')[0]
            texts[f'code, {language}'] = whole_texts(file)[::EVERY]
    vocabulary = Source(options.source).vocabulary
    tokenizer = make_tokenizer(vocabulary, vocabulary.used())
    full = {language: count(tokenizer, of) for language, of in texts.items()}
    folders = [Tokenizer.from_file(str(folder / 'tokenizer.json')) for folder in options.folders]
    for language, of in texts.items():
        factors = [count(folder, of) / full[language] for folder in folders]
        print(language, full[language], *(f'{factor:.3f}' for factor in factors))
    if options.record:
        for language, entry in comments.items():
            entry['full'] = full[language]
        options.comments.write_text(json.dumps(comments, ensure_ascii=False, indent=2) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
