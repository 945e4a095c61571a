// Partial programs of blocks in all languages, with random probabilities: their own text fills them back, and they stand for
// the block itself, for every block whose holes hold something else, for one with other white space and other comments, and
// for none that differs outside the holes. LACUNA_CASES sets how many are generated.

import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { seededRandom, type Random } from '../../common/random.js';
import { holesIn, prepareBlock } from '../guarantee/blockOffer.js';
import { textOf } from './alignTokens.js';
import { isBlockMember } from './blockMembership.js';
import { fill } from './fill.js';
import { linesOf } from './linesOf.js';
import { placeholderFor } from './placeholders.js';
import type { Completion, PartialProgram } from '../types.js';

/** [before, indentation of the block, statements, after, a comment]; each $ becomes a name of its own. */
const programs: Readonly<Record<string, readonly [string, string, readonly string[], string, string]>> = {
  typescript: [
    'class A {\n  run(items: string[]): number {\n',
    '    ',
    [
      'const $ = items.filter((item) => item.length > $);',
      'for (const $ of $) {\n  $($);\n  this.$ += $;\n}',
      'if ($.has($)) {\n  return $;\n} else {\n  $.add($, { deep: true });\n}',
      'return $($, `${$}`);',
      'await $.load(\n  $,\n  $,\n);',
    ],
    '\n    return 0;\n  }\n}\n',
    '// note',
  ],
  python: [
    'def f(items, other):\n',
    '    ',
    [
      '$ = sum(len(item) for item in $)',
      'for $ in $:\n    $($)\n    if $:\n        $ = $\n    $.append($)',
      'with $($) as $:\n    $ += 1',
      'if $ in $:\n    return $\nelse:\n    $[$] = {"a": $}',
      'return $($, key=$)',
    ],
    '\n    return None\n',
    '# note',
  ],
  java: [
    'class A {\n  int f(List<String> items) {\n',
    '    ',
    [
      'final Map<String, Integer> $ = new HashMap<>($);',
      'for (String $ : $) {\n  $.add($);\n  $($);\n}',
      'if ($ == null) {\n  throw new IllegalStateException($);\n}',
      'return $.size() + $;',
    ],
    '\n    return 0;\n  }\n}\n',
    '// note',
  ],
  csharp: [
    'class A {\n  int F(List<string> items) {\n',
    '    ',
    [
      'var $ = $.Where(item => item.Length > $).ToList();',
      'foreach (var $ in $)\n{\n  $.Add($);\n  this.$ = $;\n}',
      'if ($ is null) {\n  return $;\n}',
      'return $.Count ?? $;',
    ],
    '\n    return 0;\n  }\n}\n',
    '// note',
  ],
  go: [
    'package a\n\nfunc f(items []string) (int, error) {\n',
    '\t',
    [
      '$, err := $($, len($))',
      'if err != nil {\n\treturn $, fmt.Errorf("no %s", $)\n}',
      'for _, $ := range $ {\n\t$ += $($)\n\t$.Close()\n}',
      'return $, $',
    ],
    '\n\treturn 0, nil\n}\n',
    '// note',
  ],
  rust: [
    'impl Store {\n    fn run(&mut self, items: &[String]) -> usize {\n',
    '        ',
    [
      'let $ = items.iter().map(|item| item.$()).collect::<Vec<_>>();',
      'for $ in $.iter() {\n    self.$($);\n    $ += 1;\n}',
      'if let Some($) = $.get($) {\n    return $;\n}',
      'self.$.push($);',
    ],
    '\n        0\n    }\n}\n',
    '// note',
  ],
  c: [
    'int run(const struct item *items, size_t count) {\n',
    '    ',
    [
      'struct store *$ = calloc($, sizeof(*$));',
      'for (size_t $ = 0; $ < $; $++) {\n    $[0] = $($);\n    $->size += $;\n}',
      'if ($ == NULL) {\n    fprintf(stderr, "%d", $);\n    return -1;\n}',
      'return $ > 0 ? $ : 0;',
    ],
    '\n    return 0;\n}\n',
    '/* note */',
  ],
  cpp: [
    'int Store::run(const std::vector<std::string>& items) {\n',
    '  ',
    [
      'auto $ = std::find($.begin(), $.end(), $);',
      'for (const auto& $ : $) {\n  $.push_back($);\n  this->$ = $;\n}',
      'if ($.empty()) {\n  throw std::runtime_error($);\n}',
      'return $.size() + $;',
    ],
    '\n  return 0;\n}\n',
    '// note',
  ],
  php: [
    '<?php\n\nclass Store\n{\n    public function run(array $items): int\n    {\n',
    '        ',
    [
      '$$ = array_filter($$, fn ($item) => $item->$ > 2);',
      'foreach ($$ as $$) {\n    $this->$($$);\n    $$ += 1;\n}',
      'if ($$ === null) {\n    return $$;\n}',
      'return $this->$[$$];',
    ],
    '\n        return 0;\n    }\n}\n',
    '// note',
  ],
  ruby: [
    'class Store\n  def run(items, other: nil)\n',
    '    ',
    [
      '$ = items.select { |item| item.$ > 2 }',
      '$.each do |$|\n  @$ << $.name\n  $($, $)\nend',
      'if $.empty?\n  return $\nend',
      'raise ArgumentError, $ unless $.$',
    ],
    '\n    0\n  end\nend\n',
    '# note',
  ],
  kotlin: [
    'class Store {\n    fun run(items: List<String>): Int {\n',
    '        ',
    [
      'val $ = items.filter { it.length > $ }',
      'for ($ in $) {\n    $.add($)\n    $($, $)\n}',
      'if ($ == null) {\n    return $\n}',
      'val $ = $.size + $',
    ],
    '\n        return 0\n    }\n}\n',
    '// note',
  ],
  lua: [
    'function Store:run(items, other)\n',
    '  ',
    [
      'local $ = filter($, $.name)',
      'for _, $ in ipairs($) do\n  $:add($)\n  $ = $ + 1\nend',
      'if $ == nil then\n  return $\nend',
      '$.$ = { name = $ }',
    ],
    '\n  return 0\nend\n',
    '-- note',
  ],
};

const syntax = openSyntax();

const CASES = Number(process.env['LACUNA_CASES'] ?? 60);

describe('partial programs of blocks', () => {
  it('stand for what they should and for nothing else', { timeout: 60_000 + 1_000 * CASES }, async () => {
    const random = seededRandom(11);
    const languages = Object.keys(programs);
    const seen = { holes: 0, cuts: 0, statements: 0, otherwiseFilled: 0, changed: 0, loosened: 0 };
    for (let number = 0; number < CASES; number++) {
      const languageId = languages[random.below(languages.length)]!;
      const completion = randomBlock(languageId, random);
      const { prefix, suffix, text } = completion;
      const tree = (await syntax.parse(languageId, textOf(completion)))!;
      const prepared = prepareBlock(completion, tree, undefined, syntax)!;
      const block = { text, tree, offset: prefix.length, languageId };
      const covers = async (program: PartialProgram, author: string): Promise<boolean> => {
        const authorsTree = await syntax.parse(languageId, prefix + author + suffix);
        try {
          return isBlockMember(block, program, { text: author, tree: authorsTree, offset: prefix.length });
        } finally {
          authorsTree?.delete();
        }
      };
      const { program } = prepared.programs[random.below(prepared.programs.length)] ?? prepared.whole;
      if (!(await prepared.fits(program))) {
        tree.delete();
        continue;
      }
      const told = (what: string): string => `${languageId}, ${what}\n${markedIn(text, program)}`;
      expect(fill(text, program.holes, (at) => textIn(text, program, at)).text).toBe(text);
      expect(await covers(program, text), told('the block itself')).toBe(true);
      expect(await covers(program, loosened(text, programs[languageId]![4])), told('white space')).toBe(true);
      seen.loosened++;
      const holes = holesIn(program);
      if (holes.length > 0) {
        seen.holes++;
        if (
          holes.some(({ range }) =>
            textIn(
              text,
              program,
              holes.findIndex((one) => one.range === range),
            ).includes('\n'),
          )
        )
          seen.statements++;
        const other = fill(text, holes, (at) => {
          const { parent, first, last } = holes[at]!;
          const types = parent.children.slice(first, last + 1).map(({ type }) => type);
          return placeholderFor(languageId, types, textIn(text, { ...program, holes }, at));
        }).text;
        expect(await covers(program, other), told(`filled otherwise:\n${other}`)).toBe(true);
        seen.otherwiseFilled++;
      }
      if (program.holes.length > holes.length) seen.cuts++;
      const changed = changedOutside(text, program, random);
      if (changed !== undefined) {
        expect(await covers(program, changed), told(`changed:\n${changed}`)).toBe(false);
        seen.changed++;
      }
      tree.delete();
    }
    expect(seen.holes).toBeGreaterThan(CASES / 4);
    expect(seen.statements).toBeGreaterThan(CASES / 20);
    expect(seen.cuts).toBeGreaterThan(CASES / 20);
    expect(seen.changed).toBeGreaterThan(CASES / 3);
  });
});

/** Two to four statements, each name in them another one, with words and signs as tokens, some of them unlikely. */
function randomBlock(languageId: string, random: Random): Completion {
  const [before, indentation, statements, after] = programs[languageId]!;
  let names = 0;
  const chosen = Array.from({ length: 2 + random.below(3) }, () => statements[random.below(statements.length)]!);
  // What stands behind a return would be no program in some languages.
  const [last = '', ...others] = [...chosen].sort(
    (a, b) => Number(b.startsWith('return')) - Number(a.startsWith('return')),
  );
  const lines = [...others.filter((one) => !one.startsWith('return')), last].join('\n').split('\n');
  const text = lines
    .join(`\n${indentation}`)
    .replace(/\$(?=[^A-Za-z{]|$)/g, () => `name${++names}`)
    .replace(/\$\{\$\}/g, () => `\${name${++names}}`);
  const tokens = [...text.matchAll(/\n\s*|[^\S\n]*\w+|[^\S\n]*[^\w\s]{1,2}/g)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    logProbability: -(random.share() ** 4) * 6,
    entropy: random.share(),
  }));
  return { languageId, prefix: before + indentation, suffix: after, text, tokens };
}

function textIn(text: string, { holes }: PartialProgram, at: number): string {
  const { start, end } = holes[at]!.range;
  return text.slice(start, end);
}

function markedIn(text: string, { holes }: PartialProgram): string {
  return fill(text, holes, (at) => `⟦${text.slice(holes[at]!.range.start, holes[at]!.range.end)}⟧`).text;
}

/** The same block as somebody else would lay it out, with notes and blank lines. */
function loosened(text: string, comment: string): string {
  return text
    .split('\n')
    .map((line) => `${line} ${comment}`)
    .join('\n\n');
}

/** The block with another name in place of one that is kept; undefined where none is. */
function changedOutside(text: string, { holes }: PartialProgram, random: Random): string | undefined {
  const words = [...text.matchAll(/name\d+/g)].filter(
    ({ index, 0: word }) =>
      !holes.some(({ range, isRest }) => index + word.length > range.start && (isRest || index < range.end)),
  );
  const word = words[random.below(Math.max(1, words.length))];
  if (word === undefined) return undefined;
  return `${text.slice(0, word.index)}changed${text.slice(word.index + word[0].length)}`;
}

describe('kept lines', () => {
  it('are those with something on them, without the white space on their sides', () => {
    expect(linesOf('a\n\n  b c \r\n\t\r\nd').map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [5, 8],
      [14, 15],
    ]);
  });
});
