import { describe, expect, it } from 'vitest';
import { gatherMaterial } from '../diff/material.js';
import { outlinesOf } from '../candidates/rules/structure.js';
import { losesNames } from './lostNames.js';
import { relateEdits } from './relation.js';
import { settle } from './settle.js';

interface Versions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

function outlines(versions: Versions) {
  const input = { languageId: 'typescript', path: '', before: '', after: '', others: [], siblings: [], ...versions };
  return outlinesOf(gatherMaterial(input))!;
}

function settled(versions: Versions) {
  const found = outlines(versions);
  return settle(found, relateEdits(found.ours, found.base, found.theirs));
}

describe('structure settles', () => {
  it.each<[string, Versions, string]>([
    ['two arguments of one call', { base: 'f(1, 2);\n', ours: 'f(3, 2);\n', theirs: 'f(1, 4);\n' }, 'f(3,4);'],
    [
      'a statement that one side took out beside one that the other changed',
      { base: '  a(1);\n  b(2);\n', ours: '  b(2);\n', theirs: '  a(1);\n  b(3);\n' },
      'b(3);',
    ],
    [
      'a statement that one side added beside one that the other changed',
      { base: '  b(2);\n', ours: '  a(1);\n  b(2);\n', theirs: '  b(3);\n' },
      'a(1);b(3);',
    ],
    ['a type and a value', { base: 'const a = 1;\n', ours: 'const b = 1;\n', theirs: 'const a = 2;\n' }, 'constb=2;'],
    [
      'a last statement that becomes the only one',
      { base: 'let a = 0;\nb();\n', ours: 'let a = 1;\nb();\n', theirs: 'let a = 0;\n' },
      'leta=1;',
    ],
  ])('%s', (_, versions, text) => expect(settled(versions)?.text).toBe(text));
});

describe('structure settles nothing', () => {
  it.each<[string, Versions]>([
    ['where both changed one word', { base: 'f(1);\n', ours: 'f(2);\n', theirs: 'f(3);\n' }],
    ['where both added at one place', { base: '', ours: 'a();\n', theirs: 'b();\n' }],
    ['where one changed what the other took out', { base: 'a(1);\nb();\n', ours: 'a(2);\nb();\n', theirs: 'b();\n' }],
    ['where a side did nothing', { base: 'a();\n', ours: 'a();\n', theirs: 'b();\n' }],
    [
      'where both added under one name',
      { base: 'z();\n', ours: 'const a = 1;\nz();\n', theirs: 'z();\nconst a = 2;\n' },
    ],
  ])('%s', (_, versions) => expect(settled(versions)).toBeUndefined());
});

it('counts what each side did', () => {
  const { ours, base, theirs } = outlines({
    base: 'a(1);\nb(2);\nc(3);\n',
    ours: 'a(1);\nb(9);\n',
    theirs: 'a(1);\nb(2);\nc(3);\nd(4);\n',
  });
  expect(relateEdits(ours, base, theirs)).toMatchObject({
    ours: { added: 0, removed: 1, changed: 1 },
    theirs: { added: 1, removed: 0, changed: 0 },
    both: 0,
    sameGap: 0,
  });
});

it.each<[string, readonly string[], readonly string[], readonly string[], boolean]>([
  ['uses what the other took out', ['x', '=', 'a', '+', 'a'], ['a', '=', '1', 'x'], ['x', '='], true],
  ['uses what is still there', ['x', '=', 'a', '+', 'a'], ['a', '=', '1', 'x'], ['a', '=', '2', 'x'], false],
  ['keeps what the other took out', ['a', '(', '2', ')'], ['a', '(', '1', ')'], ['b', '(', '1', ')'], false],
])('a side %s', (_, ours, base, theirs, expected) => expect(losesNames(ours, base, theirs)).toBe(expected));
