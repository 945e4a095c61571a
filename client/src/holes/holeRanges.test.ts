import { describe, expect, it } from 'vitest';
import { fillingsOfAll, movedRange, placeholdersIn, type TextChange, type TextRange } from './holeRanges.js';

describe('the range of a hole', () => {
  it.each<[string, TextRange, TextChange, TextRange]>([
    [
      'shifts with what is written before it',
      { start: 5, end: 9 },
      { start: 0, end: 0, text: 'ab' },
      { start: 7, end: 11 },
    ],
    [
      'shifts with what is written directly before it',
      { start: 5, end: 9 },
      { start: 5, end: 5, text: 'ab' },
      { start: 7, end: 11 },
    ],
    [
      'stays where something is written behind it',
      { start: 5, end: 9 },
      { start: 9, end: 9, text: 'ab' },
      { start: 5, end: 9 },
    ],
    ['holds what is written in its place', { start: 5, end: 9 }, { start: 5, end: 9, text: 'x' }, { start: 5, end: 6 }],
    ['holds what is written into it', { start: 5, end: 9 }, { start: 6, end: 7, text: 'xyz' }, { start: 5, end: 11 }],
    [
      'is empty where all around it is deleted',
      { start: 5, end: 9 },
      { start: 2, end: 12, text: '' },
      { start: 2, end: 2 },
    ],
    [
      'holds what comes back in its place',
      { start: 2, end: 2 },
      { start: 2, end: 2, text: 'f(⟨a⟩)' },
      { start: 2, end: 8 },
    ],
  ])('%s', (_name, range, change, expected) => expect(movedRange(range, change)).toEqual(expected));
});

describe('placeholders', () => {
  const text = 'f(⟨value⟩, ⟨value⟩)';
  const hole = (start: number, end: number) => ({ range: { start, end }, placeholder: '⟨value⟩' });

  it('are found where they stood', () => {
    expect(placeholdersIn(text, [hole(2, 9), hole(11, 18)])).toEqual([
      { start: 2, end: 9 },
      { start: 11, end: 18 },
    ]);
  });

  it('are found in what redo wrote, each once', () => {
    expect(placeholdersIn(text, [hole(0, 19), hole(0, 19)])).toEqual([
      { start: 2, end: 9 },
      { start: 11, end: 18 },
    ]);
  });

  it('are gone where something else stands in their place', () => {
    expect(placeholdersIn('f(x, ⟨value⟩)', [hole(2, 3), hole(5, 12)])).toEqual([undefined, { start: 5, end: 12 }]);
    expect(placeholdersIn('f(⟨valu⟩)', [hole(2, 8)])).toEqual([undefined]);
    expect(placeholdersIn('', [hole(0, 0)])).toEqual([undefined]);
  });

  it('come back where undo writes only what differs', () => {
    // ⟨value⟩ was filled with "prevalue": what undo writes behind it only touches where the hole was.
    const filled = movedRange(movedRange({ start: 2, end: 9 }, { start: 8, end: 9, text: '' }), {
      start: 2,
      end: 3,
      text: 'pre',
    });
    const undone = [
      { start: 2, end: 5, text: '⟨' },
      { start: 8, end: 8, text: '⟩' },
    ].reduce(movedRange, filled);
    expect(placeholdersIn('f(⟨value⟩)', [{ range: undone, placeholder: '⟨value⟩' }])).toEqual([{ start: 2, end: 9 }]);
  });

  it('are not those of a hole beside them', () => {
    expect(placeholdersIn('x⟨value⟩', [hole(0, 1), hole(1, 8)])).toEqual([undefined, { start: 1, end: 8 }]);
  });

  it('survive any edits that are undone', () => {
    const change: TextChange = { start: 0, end: text.length, text: '' };
    const back: TextChange = { start: 0, end: 0, text };
    const holes = [hole(2, 9), hole(11, 18)].map((one) => ({
      ...one,
      range: movedRange(movedRange(one.range, change), back),
    }));
    expect(placeholdersIn(text, holes)).toEqual([
      { start: 2, end: 9 },
      { start: 11, end: 18 },
    ]);
  });
});

describe('filling all holes', () => {
  it('puts what the model would write in the place of each, and ends behind the last', () => {
    const text = 'put("⟨text⟩", ⟨argument⟩);';
    const hole = (placeholder: string, wouldBe: string) => {
      const start = text.indexOf(placeholder);
      return { range: { start, end: start + placeholder.length }, wouldBe };
    };
    const { edits, end } = fillingsOfAll([hole('⟨text⟩', 'green tea'), hole('⟨argument⟩', '3')]);
    const filled = edits
      .toReversed()
      .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), text);
    expect(filled).toBe('put("green tea", 3);');
    expect(filled.slice(0, end)).toBe('put("green tea", 3');
  });

  it('is nothing where there is none', () => {
    expect(fillingsOfAll([])).toEqual({ edits: [], end: 0 });
  });
});
