import { expect, test } from 'vitest';
import { mergeCases, mergeHunk } from './mergeData.js';

const hunk = (of: object) =>
  mergeHunk.parse({ base: 'b\n', ours: 'o\n', theirs: 't\n', resolution: 'o\n', language: 'typescript', ...of });

test('hunks of one file see each other, others do not', () => {
  const cases = mergeCases([
    hunk({ path: 'a.ts', commit: '1', hunk: 1, ours: 'second\n' }),
    hunk({ path: 'a.ts', commit: '1', hunk: 0, ours: 'first\n' }),
    hunk({ path: 'a.ts', commit: '2', ours: 'other merge\n' }),
  ]);
  expect(cases.map(({ input }) => input.others.map(({ ours }) => ours))).toEqual([['first\n'], ['second\n'], []]);
});

test('hunks of one merge are siblings, those of the same file first, the nearest before the others', () => {
  const cases = mergeCases([
    hunk({ path: 'b.ts', commit: '1', ours: 'elsewhere\n' }),
    ...['a', 'b', 'c', 'd'].map((ours, i) => hunk({ path: 'a.ts', commit: '1', hunk: i, ours })),
    hunk({ path: 'a.ts', commit: '2', ours: 'another merge\n' }),
    hunk({ path: 'x.ts', ours: 'no merge\n' }),
    hunk({ path: 'y.ts', ours: 'none either\n' }),
  ]);
  const siblings = cases.map(({ input }) => input.siblings.map(({ ours }) => ours.trim()));
  expect(siblings[0]).toEqual(['a', 'b', 'c', 'd']);
  expect(siblings[3]).toEqual(['b', 'd', 'a', 'elsewhere']);
  expect(siblings.slice(5)).toEqual([[], [], []]);
});

test('a file has the language that the editor gives it', () => {
  const [tsx, jsx, ts] = mergeCases([
    hunk({ path: 'a.tsx' }),
    hunk({ path: 'a.jsx', language: 'javascript' }),
    hunk({ path: 'a.ts' }),
  ]);
  expect([tsx, jsx, ts].map((one) => one!.input.languageId)).toEqual([
    'typescriptreact',
    'javascriptreact',
    'typescript',
  ]);
});

test('no more lines around a conflict than in the editor', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `${i}\n`);
  const [only] = mergeCases([hunk({ before: lines.join(''), after: lines.join('') })]);
  expect(only!.input.before).toBe(lines.slice(-12).join(''));
  expect(only!.input.after).toBe(lines.slice(0, 12).join(''));
});
