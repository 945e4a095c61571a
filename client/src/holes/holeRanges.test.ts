import { describe, expect, it } from 'vitest';
import {
  changedHoles,
  fillingsOfAll,
  movedRange,
  placeholdersIn,
  rangeAt,
  withAccepted,
  type TextChange,
  type TextRange,
} from './holeRanges.js';

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

describe('the holes of a document', () => {
  const hole = (name: string, start: number, end: number, isOpen = true) => ({
    name,
    range: { start, end },
    placeholder: '⟨a⟩',
    isOpen,
  });
  const shown = (holes: readonly ReturnType<typeof hole>[], text: string) =>
    holes.map(
      ({ name, range, isOpen }) => `${name} ${range.start} ${isOpen ? text.slice(range.start, range.end) : ''}`,
    );
  const lines = 'f(⟨a⟩);\ng(⟨a⟩);';
  const anew = (text: string, length: number): TextChange => ({ start: 0, end: length, text });

  it('keep their order where a change writes the whole text anew, whichever was accepted first', () => {
    const written = lines.replace('\n', '\r\n');
    const known = [hole('g', 10, 13), hole('f', 2, 5)];
    expect(shown(changedHoles(known, [anew(written, lines.length)], written), written)).toEqual([
      'f 2 ⟨a⟩',
      'g 11 ⟨a⟩',
    ]);
    const none = changedHoles(known, [anew('', lines.length)], '');
    expect(shown(changedHoles(none, [anew(lines, 0)], lines), lines)).toEqual(['f 2 ⟨a⟩', 'g 10 ⟨a⟩']);
  });

  it('take no placeholder from another one because they were filled once', () => {
    const text = 'f(count);\ng(⟨a⟩);';
    const known = [hole('f', 2, 7, false), hole('g', 12, 15)];
    const changed = changedHoles(known, [anew(text, text.length)], text);
    expect(shown(changed, text)).toEqual(['f 0 ', 'g 12 ⟨a⟩']);
  });

  it('hold one once that is taken back and accepted again', () => {
    const empty = 'x\n';
    const taken = changedHoles([hole('old', 4, 7)], [{ start: 2, end: 9, text: '' }], empty);
    const text = `${empty}f(⟨a⟩);`;
    const back = changedHoles(taken, [{ start: 2, end: 2, text: 'f(⟨a⟩);' }], text);
    expect(shown(withAccepted(back, [hole('new', 4, 7)], text, 9), text)).toEqual(['new 4 ⟨a⟩']);
  });

  it('are found on their lines where the editor has indented these in its own way', () => {
    const text = 'for (;;) {\n        f(⟨a⟩, ⟨a⟩);\n    }';
    const accepted = [hole('first', 14, 17), hole('second', 19, 22)];
    expect(shown(withAccepted([], accepted, text, 9), text)).toEqual(['first 21 ⟨a⟩', 'second 26 ⟨a⟩']);
  });

  it('are remembered up to a number, those that are filled for the shortest time', () => {
    const known = [hole('f', 2, 5), hole('filled', 6, 7, false)];
    expect(shown(withAccepted(known, [hole('g', 10, 13)], lines, 2), lines)).toEqual(['f 2 ⟨a⟩', 'g 10 ⟨a⟩']);
  });

  it('are told apart where two touch', () => {
    const ranges = [
      { start: 2, end: 5 },
      { start: 5, end: 8 },
    ];
    expect([1, 2, 4, 5, 8, 9].map((at) => rangeAt(ranges, at))).toEqual([-1, 0, 0, 1, 1, -1]);
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
