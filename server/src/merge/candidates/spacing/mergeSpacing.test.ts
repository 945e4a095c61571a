import { describe, expect, it } from 'vitest';
import { createSpacing } from './mergeSpacing.js';

/** [name, language, base, ours, theirs, the words as an answer has them, the white space that it should have] */
type Case = readonly [string, string, string, string, string, string, string];

const kept: readonly Case[] = [
  [
    'a blank in a shell test',
    'shellscript',
    'if [ "$1" = start]; then\n  run --port 80\nfi\n',
    'if [ "$1" = start ]; then\n  run --port 80\nfi\n',
    'if [ "$1" = start]; then\n  run --port 81\nfi\n',
    'if [ "$1" = start]; then\n  run --port 81\nfi\n',
    'if [ "$1" = start ]; then\n  run --port 81\nfi\n',
  ],
  [
    'blanks inside a string of SQL',
    'sql',
    "SELECT 'a  b';\nSELECT 1;\n",
    "SELECT 'a b';\nSELECT 1;\n",
    "SELECT 'a  b';\nSELECT 2;\n",
    "SELECT 'a  b';\nSELECT 2;\n",
    "SELECT 'a b';\nSELECT 2;\n",
  ],
  [
    'a line break of Markdown, and the line behind it edited',
    'markdown',
    'First line\nsecond line\n',
    'First line  \nsecond line\n',
    'First line\nanother line\n',
    'First line\nanother line\n',
    'First line  \nanother line\n',
  ],
  [
    'tabs of a Makefile',
    'makefile',
    'all:\n        cc -o all all.c\n        strip all\n',
    'all:\n\tcc -o all all.c\n\tstrip all\n',
    'all:\n        cc -O2 -o all all.c\n        strip all\n',
    'all:\n        cc -O2 -o all all.c\n        strip all\n',
    'all:\n\tcc -O2 -o all all.c\n\tstrip all\n',
  ],
  [
    'new lines of one side at the depth that the other gave their neighbours',
    'python',
    'class A:\n  def first(self):\n    return 1\n',
    'class A:\n    def first(self):\n        return 1\n',
    'class A:\n  def first(self):\n    if self.on:\n      return 2\n    return 1\n',
    'class A:\n  def first(self):\n    if self.on:\n      return 2\n    return 1\n',
    'class A:\n    def first(self):\n        if self.on:\n            return 2\n        return 1\n',
  ],
  [
    'half of the file in tabs, and a new line among them',
    'typescript',
    'a();\n  b();\n  c();\n',
    'a();\n\tb();\n\tc();\n',
    'a();\n  b();\n  more();\n  c();\n',
    'a();\n  b();\n  more();\n  c();\n',
    'a();\n\tb();\n\tmore();\n\tc();\n',
  ],
  [
    'YAML deeper by a level',
    'yaml',
    'jobs:\n- name: one\n  run: a\n',
    'jobs:\n  - name: one\n    run: a\n',
    'jobs:\n- name: one\n  run: b\n- name: two\n  run: c\n',
    'jobs:\n- name: one\n  run: b\n- name: two\n  run: c\n',
    'jobs:\n  - name: one\n    run: b\n  - name: two\n    run: c\n',
  ],
  [
    'a value beside white space that the other side aligned',
    'properties',
    'a = 1\nlonger = 2\n',
    'a      = 1\nlonger = 2\n',
    'a = 3\nlonger = 2\n',
    'a = 3\nlonger = 2\n',
    'a      = 3\nlonger = 2\n',
  ],
  [
    'lines that one side wrote at a new depth of its own',
    'typescript',
    'try {\n    read();\n} catch {\n    stop();\n}\n',
    'read();\nlog();\n',
    'try {\n    read();\n} catch {\n    halt();\n}\n',
    'read();\nlog();\n',
    'read();\nlog();\n',
  ],
  [
    'white space that both sides changed alike',
    'css',
    'a{b:c}\n',
    'a { b: c }\n',
    'a { b: d }\n',
    'a{b:d}\n',
    'a { b: d }\n',
  ],
];

describe('white space that a side changed', () => {
  it.each(kept)('%s stays', (_, language, base, ours, theirs, answer, expected) => {
    const spacing = createSpacing({ base, ours, theirs }, language);
    expect(spacing.apply(answer)).toEqual({ text: expected, lost: 0 });
    expect(spacing.apply(expected)).toEqual({ text: expected, lost: 0 });
  });

  it.each(kept)('%s stays with the sides exchanged', (_, language, base, ours, theirs, answer, expected) => {
    const spacing = createSpacing({ base, ours: theirs, theirs: ours }, language);
    expect(spacing.apply(answer)).toEqual({ text: expected, lost: 0 });
  });
});

describe('white space that cannot be kept', () => {
  it.each([
    ['both sides changed it, each otherwise', 'a  = 1\n', 'a   = 1\n', 'a = 1\n', 'a  = 1\n'],
    ['the base is not known', 'a  = 1\n', 'a = 1\n', undefined, 'a  = 1\n'],
  ])('counts as lost where %s', (_, ours, theirs, base, answer) => {
    expect(createSpacing({ base, ours, theirs }, 'properties').apply(answer).lost).toBeGreaterThan(0);
  });

  it('is nothing that is lost where its words are gone', () => {
    const texts = { base: 'a();\nb();\n', ours: 'a();\n  b();\n', theirs: 'a();\n' };
    expect(createSpacing(texts, 'typescript').apply('a();\n')).toEqual({ text: 'a();\n', lost: 0 });
  });
});

it('edits of white space are found', () => {
  const [, language, base, ours, theirs] = kept[0]!;
  expect(createSpacing({ base, ours, theirs }, language).hasEdits).toBe(true);
});

it('texts without edits of white space are left as they are', () => {
  const texts = { base: 'a(1);\n', ours: 'a(2);\n', theirs: 'a(1);\nb();\n' };
  expect(createSpacing(texts, 'typescript').hasEdits).toBe(false);
  expect(createSpacing(texts, 'typescript').apply('a(2);\nb();\n')).toEqual({ text: 'a(2);\nb();\n', lost: 0 });
});

it('texts that are too long are not touched, and count as lost', () => {
  const long = 'word '.repeat(20_000);
  expect(createSpacing({ base: long, ours: `${long} a`, theirs: `${long} b` }, 'plaintext').apply('x')).toEqual({
    text: 'x',
    lost: 1,
  });
});
