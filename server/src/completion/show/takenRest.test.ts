import { expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { rangeWithHoles } from './takenRest.js';

/** What is left of a line behind the cursor, `ˇ`; undefined where nothing is offered. */
const left = (marked: string, whole: string, consumed: number, taken: string, isRest: boolean): string | undefined => {
  const cursor = marked.indexOf('ˇ');
  const text = marked.replace('ˇ', '');
  const place = locate({ uri: 'file:///a', path: 'a', version: 1, languageId: 'typescript', text }, cursor);
  const start = whole.indexOf(taken);
  const replaced = { start, end: start + taken.length };
  const shown = isRest ? whole.slice(0, start).trimEnd() : `${whole.slice(0, start)}⟨a⟩${whole.slice(replaced.end)}`;
  const hole = { range: { start, end: isRest ? start : start + 3 }, replaced, isRest };
  const before = { text: whole, range: { start: cursor, end: cursor + consumed } };
  const range = rangeWithHoles(before, { text: shown, holes: [hole] }, place);
  return range && text.slice(range.end);
};

it.each<[string, string, string, number, string, boolean, string | undefined]>([
  ['a bracket that is written in front of the part left out', 'f(ˇ);', 'a) + b;', 2, '+ b;', true, ';'],
  ['a bracket that is left out', 'f(ˇ);', 'a, b);', 2, ', b);', true, ');'],
  ['a bracket of its own that would stay open', 'f(ˇ);', 'g(a, b));', 2, ', b));', true, undefined],
  ['a hole in front of what is written behind the cursor', 'f(ˇ, b);', 'a, b);', 5, 'a', false, ''],
  ['a hole in place of it', 'f(ˇ, b);', 'a, b);', 5, 'b', false, undefined],
  ['nothing behind the cursor', 'f(ˇ', 'a, b);', 0, 'b', false, ''],
])('%s', (_name, marked, whole, consumed, taken, isRest, expected) =>
  expect(left(marked, whole, consumed, taken, isRest)).toBe(expected),
);
