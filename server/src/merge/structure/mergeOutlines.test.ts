import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../common/random.js';
import { gatherMaterial } from '../diff/material.js';
import { mergeOutlines, type MergePreference } from './mergeOutlines.js';
import { outlineOf, textOfElements, type Element } from './outline.js';

const outlineOfText = (text: string): Element[] =>
  outlineOf(
    gatherMaterial({
      base: undefined,
      ours: text,
      theirs: '',
      before: '',
      after: '',
      languageId: 'typescript',
      path: '',
      others: [],
      siblings: [],
    }).ours.words,
  );

const oursFirst: MergePreference = { word: 'ours', first: 'ours', additions: 'inPlace' };
const theirsFirst: MergePreference = { word: 'theirs', first: 'theirs', additions: 'inPlace' };
const preferences: readonly MergePreference[] = [
  oursFirst,
  theirsFirst,
  { ...oursFirst, word: 'theirs' },
  { ...theirsFirst, word: 'ours' },
  { ...oursFirst, additions: 'atEnd' },
  { ...theirsFirst, additions: 'atEnd' },
];

const merged = (ours: string, base: string, theirs: string, preference = oursFirst): string =>
  textOfElements(mergeOutlines(outlineOfText(ours), outlineOfText(base), outlineOfText(theirs), preference).elements);

const unions = (ours: string, base: string, theirs: string): readonly string[] => [
  ...mergeOutlines(outlineOfText(ours), outlineOfText(base), outlineOfText(theirs), oursFirst).unions,
];

describe('preferences', () => {
  const [ours, base, theirs] = ['[a, x, b]', '[a, b]', '[a, y, b]'];

  it.each([
    ['ours first', oursFirst, '[a, x, y, b]'],
    ['theirs first', theirsFirst, '[a, y, x, b]'],
    ['ours first, theirs at the end', { ...oursFirst, additions: 'atEnd' as const }, '[a, x, b, y]'],
    ['theirs first, ours at the end', { ...theirsFirst, additions: 'atEnd' as const }, '[a, y, b, x]'],
  ])('decide over the order: %s', (_name, preference, expected) => {
    expect(merged(ours, base, theirs, preference)).toBe(expected);
  });

  it('decide over a word that both changed', () => {
    expect(merged('a = 2;', 'a = 1;', 'a = 3;', { ...oursFirst, word: 'ours' })).toBe('a = 2;');
    expect(merged('a = 2;', 'a = 1;', 'a = 3;', { ...oursFirst, word: 'theirs' })).toBe('a = 3;');
  });
});

describe('unions', () => {
  it.each([
    ['imports', 'a\nimport x\n', 'a\n', 'a\nimport * as y from z\n', ['imports']],
    ['a list', '[a, x]', '[a]', '[a, y]', ['list']],
    ['parameters', 'f(a, x)', 'f(a)', 'f(a, y)', ['parameters']],
    ['members', '{ a, x }', '{ a }', '{ a, y }', ['members']],
    ['statements', 'a\nx\n', 'a\n', 'a\ny\n', ['statements']],
    ['two kinds at once', 'f([a, x], u)', 'f([a])', 'f([a, y], v)', ['list', 'parameters']],
    ['an addition of one side alone', '[a, x]', '[a]', '[a]', []],
    ['the same addition', '[a, x]', '[a]', '[a, x]', []],
    ['a removal against an addition', '[b]', '[a, b]', '[a, b, y]', []],
  ])('%s', (_name, ours, base, theirs, expected) => {
    expect(unions(ours, base, theirs)).toEqual(expected);
  });
});

describe('what a side did', () => {
  it.each([
    ['removed', '[a, c]', '[a, b, c]', '[a, b, c]', '[a, c]'],
    ['removed what the other left', '[a, c]', '[a, b, c]', '[a, b, c, d]', '[a, c, d]'],
    ['removed what the other removed', '[a, c]', '[a, b, c]', '[a, c]', '[a, c]'],
    ['removed what the other edited', 'f(a, c)', 'f(a, g(1), c)', 'f(a, g(2), c)', 'f(a, g(2), c)'],
    ['edited in two places', 'f(g(2), h(1))', 'f(g(1), h(1))', 'f(g(1), h(2))', 'f(g(2), h(2))'],
    ['added to an empty list', '[a]', '[]', '[]', '[a]'],
    ['emptied a list', '[]', '[a, b]', '[a, b]', '[]'],
    ['moved', '[b, a, c]', '[a, b, c]', '[a, b, c, d]', '[b, a, c, d]'],
    ['added the same as the other', '[a, x]', '[a]', '[a, x]', '[a, x]'],
    ['kept in order', '[ant, bee, fly]', '[ant, fly]', '[ant, cow, fly]', '[ant, bee, cow, fly]'],
    [
      'added behind a last line without a comma',
      '{\n  a,\n  x\n}',
      '{\n  a\n}',
      '{\n  a,\n  y\n}',
      '{\n  a,\n  x,\n  y\n}',
    ],
  ])('stays: %s', (_name, ours, base, theirs, expected) => {
    expect(merged(ours, base, theirs)).toBe(expected);
  });
});

/** A list, a call or a block of so many names and groups. */
function randomText(below: Random['below'], depth: number): string {
  const parts = Array.from({ length: below(5) }, () => {
    const name = `${'abcdefgh'[below(8)]!}${below(40)}`;
    return depth > 0 && below(3) === 0 ? `${name}${randomText(below, depth - 1)}` : name;
  });
  const [open, separator, close] = [
    ['(', ', ', ')'],
    ['[', ', ', ']'],
    ['{ ', '; ', ' }'],
    ['{\n', '\n', '\n}'],
  ][below(4)]!;
  return `${open!}${parts.join(separator)}${close!}`;
}

/** The same with a few names changed, removed or added. */
function edited(below: Random['below'], text: string): string {
  return text.replace(/[a-h]\d+/g, (name) => {
    const edit = below(12);
    if (edit === 0) return `${name}, ${'xyz'[below(3)]!}${below(1000)}`;
    return edit === 1 ? `z${below(1000)}` : name;
  });
}

const names = (text: string): readonly string[] => text.match(/\w+/g) ?? [];
const sorted = (text: string): readonly string[] => [...names(text)].sort();

describe('whatever the texts', () => {
  const rounds = (test: (ours: string, base: string, theirs: string) => void): void => {
    const { below } = seededRandom(7);
    for (let round = 0; round < 120; round++) {
      const base = Array.from({ length: 1 + below(3) }, () => `${randomText(below, 2)}\n`).join('');
      test(edited(below, base), base, edited(below, base));
    }
  };

  it('a side that changed nothing changes nothing', () => {
    rounds((ours, base) => {
      for (const preference of preferences) {
        expect(sorted(merged(ours, base, base, preference))).toEqual(sorted(ours));
        expect(sorted(merged(base, base, ours, preference))).toEqual(sorted(ours));
      }
    });
  });

  it('two sides that are equal are the merge', () => {
    rounds((ours, base) => {
      for (const preference of preferences) expect(names(merged(ours, base, ours, preference))).toEqual(names(ours));
    });
  });

  it('the sides may be swapped with the preference', () => {
    rounds((ours, base, theirs) => {
      expect(names(merged(ours, base, theirs, oursFirst))).toEqual(names(merged(theirs, base, ours, theirsFirst)));
    });
  });

  it('no name comes from nowhere', () => {
    rounds((ours, base, theirs) => {
      const known = new Set([...names(ours), ...names(theirs)]);
      for (const preference of preferences) {
        const unknown = names(merged(ours, base, theirs, preference)).filter((name) => !known.has(name));
        expect(unknown).toEqual([]);
      }
    });
  });
});
