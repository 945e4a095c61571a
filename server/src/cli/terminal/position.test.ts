import { describe, expect, it } from 'vitest';
import { offsetOf, parsePosition } from './position.js';

describe('parsePosition', () => {
  it.each([
    ['a plain path', 'src/a.ts:3:14', { file: 'src/a.ts', line: 3, column: 14 }],
    ['a Windows path', 'C:\\code\\a.ts:1:1', { file: 'C:\\code\\a.ts', line: 1, column: 1 }],
    ['colons in the name', 'odd:name:12.py:7:2', { file: 'odd:name:12.py', line: 7, column: 2 }],
    ['a name of numbers', '1:2:3:4', { file: '1:2', line: 3, column: 4 }],
    ['spaces', 'my file.go:10:1', { file: 'my file.go', line: 10, column: 1 }],
  ])('%s', (_name, argument, expected) => {
    expect(parsePosition(argument)).toEqual(expected);
  });

  it.each(['a.ts', 'a.ts:3', 'a.ts:3:', ':3:4', 'a.ts:0:1', 'a.ts:1:0', 'a.ts:-1:2', 'a.ts:x:2', ''])(
    'refuses "%s"',
    (argument) => {
      expect(() => parsePosition(argument)).toThrow(/^".*" is not a position: .*\.$/);
    },
  );
});

describe('offsetOf', () => {
  const offset = (text: string, line: number, column: number): number => offsetOf(text, { file: 'f', line, column });

  it.each([
    ['the beginning', 'ab\ncd', 1, 1, 0],
    ['the end of a line', 'ab\ncd', 1, 3, 2],
    ['the second line', 'ab\ncd', 2, 2, 4],
    ['after Windows line ends', 'ab\r\ncd', 2, 1, 4],
    ['before a Windows line end', 'ab\r\ncd', 1, 3, 2],
    ['the empty line after the last line end', 'ab\n', 2, 1, 3],
    ['an empty text', '', 1, 1, 0],
    ['behind a surrogate pair, which is two units', 'a😀b', 1, 4, 3],
  ])('%s', (_name, text, line, column, expected) => {
    expect(offset(text, line, column)).toBe(expected);
  });

  it('says so where a column is inside of a character', () => {
    expect(() => offset('a😀b', 1, 3)).toThrow('Column 3 of line 1 of f is inside of a character: write 2 or 4.');
  });

  it('says what the last line and column are', () => {
    expect(() => offset('ab\ncd', 3, 1)).toThrow('f has no line 3: its last line is 2.');
    expect(() => offset('ab\r\ncd', 1, 4)).toThrow('Line 1 of f has no column 4: its last is 3.');
  });
});
