"""Makes the lines that the extension's tokenizer is checked with, and their ids by the Python tokenizer.

usage: python -m models.build.source.tokenizer_golden MODEL_FOLDER OUT.json.gz

The lines are put together from the small parts below, always the same: code-like lines in eight languages, odd white space,
line ends of both kinds, numbers, emoji, East Asian and combining text. The file holds [{"text", "ids"}, ...].
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from tokenizers import Tokenizer

COUNT, SEED = 1000, 20

NAMES = [
    'total',
    'userName',
    'parse_line',
    'HTTPServer',
    'i',
    'idx',
    'maxValue',
    '_private',
    '__init__',
    'façade',
    'größe',
    'naïve_count',
    'привет',
    '变量',
    '名前',
    'x1y2',
    'getElementById',
    'toString',
    'fooBarBaz',
    'LONG_CONSTANT',
    'a',
    'b2',
    'αβγ',
    'node$',
    '@decorated',
    'isReady',
    'resultSet',
    'snake_case_name',
    'kebab-case',
]
WORDS = [
    'the',
    'cursor',
    'moves',
    'when',
    'a',
    'line',
    'ends;',
    'we',
    "don't",
    'know',
    "who's",
    'first',
    "they'll",
    'see',
    "it'd",
    'be',
    "I'm",
    "YOU'RE",
    'café',
    'déjà-vu',
    'Straße',
    'naïve',
    '東京で会いましょう',
    '你好世界',
    '안녕하세요',
    'مرحبا',
    'שלום',
    'ไทย',
    '🙂',
    '👩\u200d💻',
    '🏳️\u200d🌈',
    '🇫🇷',
    'é',
    'ﬁ',
    '½',
    '₂',
    '№7',
    '…',
    '—',
    '“quoted”',
    '«so»',
    '\u200b',
    '\xa0',
    '\u3000',
]
NUMBERS = ('0', '1', '42', '3.14', '1e-9', '0xFF', '1_000_000', '2026', '007', '١٢٣', '1234567890123')
BLANKS = ('', ' ', '  ', '    ', '        ', '\t', '\t\t', ' \t ', '   \t', '\u00a0', '\u3000', '     ')
LINE_ENDS = ('', '\n', '\r\n', '\n\n', '\r\n\r\n', '\n    ', '\r', ' \n', '\n\t\n', '\n\n\n\n')

# {n}: a name, {w}: some words, {d}: a number.
TEMPLATES = {
    'python': (
        'def {n}({n}, *, {n}={d}):',
        'for {n} in range({d}):',
        '"""{w}"""',
        'return [{n}.{n}() for {n} in {n}]  # {w}',
        "print(f'{n}: {{{n}}}')",
    ),
    'javascript': (
        'const {n} = ({n}) => {{ return {n}?.{n} ?? {d}; }};',
        '// {w}',
        'if ({n} === {d}) {{',
        '`${{{n}}} {w}`',
        '}} catch ({n}) {{',
    ),
    'typescript': (
        'export interface {n}<{n} extends {n}> {{',
        'readonly {n}: Map<string, {n}[]>;',
        'async {n}(): Promise<void> {{',
        "import {{ {n} }} from './{n}.js';",
    ),
    'java': (
        'public static final int {n} = {d};',
        '@Override public {n} {n}({n} {n}) throws {n} {{',
        '/** {w} */',
        'System.out.println("{w}" + {n});',
    ),
    'csharp': (
        'public {n}? {n} {{ get; set; }} = {d}m;',
        'using var {n} = await {n}.{n}Async();',
        '#region {w}',
        '$"{{{n}:F{d}}} {w}"',
    ),
    'go': (
        'func ({n} *{n}) {n}({n} []byte) (int, error) {{',
        'if err := {n}.{n}(); err != nil {{',
        '{n} := map[string]int{{"{w}": {d}}}',
        '\tdefer {n}.{n}()',
    ),
    'rust': (
        "fn {n}<'a>({n}: &'a mut {n}) -> Result<{n}, Box<dyn {n}>> {{",
        'let mut {n} = vec![{d}; {d}];',
        'match {n} {{ Some({n}) => {n}, None => {d} }}',
        '#[derive(Debug, {n})]',
    ),
    'text': (
        '# {w}',
        '{w} {w}',
        '- [{n}](https://example.org/{n}?{n}={d}#{n})',
        '| {n} | {d} | {w} |',
        '<div class="{n}" data-{n}=\'{d}\'>{w}</div>',
        '<<<<<<< {n}',
        '=======',
        '>>>>>>> {n}',
    ),
}


def lines(count: int, seed: int) -> list[str]:
    """`count` different lines, the same for the same seed."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    languages = list(TEMPLATES)
    while len(found) < count:
        template = draw.choice(TEMPLATES[languages[len(found) % len(languages)]])
        text = draw.choice(BLANKS) + _fill(template, draw) + draw.choice(BLANKS) + draw.choice(LINE_ENDS)
        found[text if draw.random() < 0.8 else text + draw.choice(BLANKS) + _fill(template, draw)] = None
    return list(found)


def _fill(template: str, draw: random.Random) -> str:
    text = template
    for mark, choose in (
        ('{n}', lambda: draw.choice(NAMES)),
        ('{w}', lambda: draw.choice((' ', ' ', '  ')).join(draw.choices(WORDS, k=draw.randint(1, 7)))),
        ('{d}', lambda: draw.choice(NUMBERS)),
    ):
        while mark in text:
            text = text.replace(mark, choose(), 1)
    return text.replace('{{', '{').replace('}}', '}')


def main() -> None:
    """Writes the golden lines, each of which must come back from its ids."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('model', type=Path)
    parser.add_argument('out', type=Path)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.model / 'tokenizer.json'))
    ids_of = {text: tokenizer.encode(text).ids for text in lines(COUNT, SEED)}
    wrong = [text for text, ids in ids_of.items() if tokenizer.decode(ids) != text]
    if wrong:
        raise SystemExit(f'{len(wrong)} lines do not come back from their ids, such as {wrong[0]!r}.')
    golden = [{'text': text, 'ids': ids} for text, ids in ids_of.items()]
    data = json.dumps(golden, ensure_ascii=False, separators=(',', ':')).encode()
    options.out.write_bytes(gzip.compress(data, mtime=0))
    print(f'{len(golden)} lines, {sum(map(len, ids_of.values()))} tokens')


if __name__ == '__main__':
    main()
