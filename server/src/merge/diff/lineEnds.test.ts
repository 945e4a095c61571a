import { expect, it } from 'vitest';
import { withLineEndsOf } from './lineEnds.js';
import { parseConflicts } from '../conflict/parseConflicts.js';

const fitted = (text: string, ours: string, base: string, theirs: string, isLast?: boolean): string => {
  const marked = `<<<<<<< a\n${ours}||||||| b\n${base}=======\n${theirs}>>>>>>> c\n`;
  return withLineEndsOf(text, parseConflicts(marked).conflicts[0]!, '\n', isLast);
};

it.each<[string, string, string, string, string, string]>([
  ['the only ones', 'a\nb\n', 'a\r\n', 'a\r\n', 'b\r\n', 'a\r\nb\r\n'],
  ['ours changed all', 'a\nc\n', 'a\r\n', 'a\n', 'a\nc\n', 'a\r\nc\r\n'],
  ['theirs changed all', 'b\nc\n', 'b\nc\n', 'a\nc\n', 'a\r\nc\r\n', 'b\r\nc\r\n'],
  ['mixed ones stay by line', 'a\nb\nd\n', 'a\r\nb\nd\r\n', 'a\r\nb\nc\r\n', 'a\r\nb\nc\r\n', 'a\r\nb\nd\r\n'],
  ['theirs mixed some', 'x\nb\n', 'x\nb\nc\n', 'a\nb\nc\n', 'a\nb\r\nc\n', 'x\nb\r\n'],
  ['equal lines are told apart by their place', '\na\n\n', '\r\na\n\n', '\r\nb\n\n', '\r\nb\n\n', '\r\na\n\n'],
])('line ends are those of the versions: %s', (_name, text, ours, base, theirs, expected) => {
  expect(fitted(text, ours, base, theirs)).toBe(expected);
});

it('an LF that git gives to the last line of a file is no line end of a side', () => {
  const sides = ['a\r\nb\r\n', 'a\nc\n', 'd\r\nb\n'] as const;
  expect(fitted('e\nb\n', ...sides, true)).toBe('e\r\nb\r\n');
  expect(fitted('e\nb\n', ...sides, false)).toBe('e\nb\r\n');
  const mixed = ['a\r\nb\nc\n', 'a\r\nc\n', 'd\n'] as const;
  expect(fitted('a\nb\nc\n', ...mixed, true)).toBe('a\r\nb\nc\n');
});
