import { describe, expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { wholePart } from './unfinished.js';

const part = (marked: string, generated: string, languageId: string) => {
  const document = { uri: 'file:///a', path: 'a', version: 1, languageId, text: marked.replace('ˇ', '') };
  return wholePart(generated, locate(document, marked.indexOf('ˇ')));
};

describe('wholePart', () => {
  it.each([
    ['all that is balanced', 'x = ˇ', 'f(a) + b', 'python', 'f(a) + b'],
    ['up to an open bracket', 'x = ˇ', 'f(a) + g(b, [', 'python', 'f(a) + g'],
    ['up to an open quote', 'x = ˇ', '1 + "ab', 'typescript', '1 +'],
    ['nothing of an open bracket', 'x = ˇ', '(a + b', 'typescript', ''],
    ['up to an open block', '  return people.ˇ', 'maxBy { it.age', 'kotlin', 'maxBy'],
    ['nothing where the line stays open', 'f(ˇ', 'a, b', 'typescript', ''],
    ['what the next line closes', 'f(ˇ\n);', 'a, b', 'typescript', 'a, b'],
    ['what the rest closes', 'f(ˇ)', 'a, b', 'typescript', 'a, b'],
    ['nothing that the rest has', 'f(ˇ);', 'a, b); g', 'typescript', 'a, b'],
    ['nothing that the rest begins with', 'a { color: red; top: ˇ; }', '0; ', 'css', '0'],
    ['the inside of a string', 'x = "ˇ"', 'hello wor', 'python', 'hello wor'],
    ['nothing in a string that stays open', 'x = "ˇ', 'hello wor', 'python', ''],
    ['an open template', 'x = ˇ;', '`a ${b', 'typescript', ''],
    ['a block of the cursor line', 'if (a) { ˇ\n}', 'b(); c(', 'typescript', 'b(); c'],
  ])('keeps %s', (_name, marked, generated, languageId, expected) => {
    expect(part(marked, generated, languageId)).toBe(expected);
  });
});
