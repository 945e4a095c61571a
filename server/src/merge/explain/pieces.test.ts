import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../common/random.js';
import { piecesOf } from './pieces.js';
import type { ConflictTexts } from '../types.js';

const shown = (text: string, texts: ConflictTexts): readonly string[] =>
  piecesOf(text, texts, 'typescript').map(({ range, origin }) => `${origin}: ${text.slice(range.start, range.end)}`);

describe('where a stretch comes from', () => {
  it.each([
    ['nothing', '', 'a\n', '', 'b\n', []],
    ['a line of ours', 'a\n', 'a\n', '', 'b\n', ['ours: a\n']],
    ['a line of theirs', 'b\n', 'a\n', '', 'b\n', ['theirs: b\n']],
    ['a line of both', 'a\n', 'a\n', '', 'a\n', ['both: a\n']],
    ['a line that both removed', 'c\n', 'a\n', 'c\n', 'b\n', ['base: c\n']],
    ['a line that ours has and the base had', 'c\n', 'c\n', 'c\n', 'b\n', ['ours: c\n']],
    ['a line from nowhere', 'z\n', 'a\n', 'c\n', 'b\n', ['new: z\n']],
    ['one after the other', 'a\nb\n', 'a\n', '', 'b\n', ['ours: a\n', 'theirs: b\n']],
    ['neighbours of one side', 'a\nc\n', 'a\nc\n', '', 'b\n', ['ours: a\nc\n']],
    ['a line in another indentation', '  a\n', 'a\n', '', 'b\n', ['ours:   a\n']],
    ['a line without its end', 'a', 'a\n', '', 'b\n', ['ours: a']],
    [
      'words of both sides in one line',
      'f(x, y)\n',
      'f(x, 1)\n',
      'f(1, 1)\n',
      'f(1, y)\n',
      ['both: f(', 'ours: x', 'both: , ', 'theirs: y', 'both: )\n'],
    ],
    ['a new word in a line of ours', 'f(x + 5)\n', 'f(x + 3)\n', '', 'g\n', ['ours: f(x + ', 'new: 5', 'ours: )\n']],
    ['an unknown base', 'a\nz\n', 'a\n', undefined, 'b\n', ['ours: a\n', 'new: z\n']],
  ])('%s', (_name, text, ours, base, theirs, expected) => {
    expect(shown(text, { ours, base, theirs })).toEqual(expected);
  });
});

it('pieces cover any text without gaps, and neighbours are of different origin', () => {
  const { below } = seededRandom(8);
  const parts = ['a', 'b', 'call(', ')', ' ', '\n', '\n\n', '  x', '1', '"', "'", '/*', '*/', '// ', '`', '\r\n', '😀'];
  const text = (): string => Array.from({ length: below(25) }, () => parts[below(parts.length)]!).join('');
  for (let round = 0; round < 500; round++) {
    const texts = { ours: text(), theirs: text(), base: below(4) === 0 ? undefined : text() };
    const merged = below(2) === 0 ? text() : texts.ours + texts.theirs;
    const pieces = piecesOf(merged, texts, 'typescript');
    let end = 0;
    for (const [index, { range, origin }] of pieces.entries()) {
      expect(range.start).toBe(end);
      expect(range.end).toBeGreaterThan(range.start);
      expect(pieces[index + 1]?.origin).not.toBe(origin);
      end = range.end;
    }
    expect(end).toBe(merged.length);
  }
});

it('a text that is too long for words is told apart by its lines', () => {
  const words = Array.from({ length: 4000 }, (_, index) => `w${index}`).join(' ');
  const texts = { ours: `a\n${words} ours\n`, base: '', theirs: `${words} theirs\n` };
  expect(shown(`a\n${words} both\n`, texts)).toEqual(['ours: a\n', `new: ${words} both\n`]);
});
