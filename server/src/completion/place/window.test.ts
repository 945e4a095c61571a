import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWindow, endOfLine, type Window } from './window.js';

const lines = (count: number, width = 30): string => `${'x'.repeat(width - 1)}\n`.repeat(count);

const prefixOf = (text: string, offset: number, window: Window): string => text.slice(window.prefixStart, offset);

describe('chooseWindow, cold', () => {
  it('reads 1,600 before from a line start and 600 after to a line end', () => {
    const text = lines(200);
    const offset = 3005;
    const window = chooseWindow(text, offset);
    expect(window.prefixStart).toBe(1410);
    expect(window.suffix).toEqual({ start: 3030, end: 3629 });
  });

  it('reads a short document whole', () => {
    const text = 'a\nb\nc';
    expect(chooseWindow(text, 2)).toMatchObject({ prefixStart: 0, suffix: { start: 4, end: 5 } });
    expect(chooseWindow('', 0)).toMatchObject({ prefixStart: 0, suffix: { start: 0, end: 0 } });
    expect(chooseWindow('a\n', 1)).toMatchObject({ suffix: { start: 2, end: 2 } });
  });

  it('leaves the line end in front of the suffix out, in CRLF too', () => {
    const text = 'a\r\nb\r\nc\r\n';
    const window = chooseWindow(text, 1);
    expect(window.suffixText).toBe('b\r\nc\r\n');
    expect(endOfLine(text, 0)).toBe(1);
  });

  it('ends lines where a carriage return stands alone too', () => {
    expect(chooseWindow('a\rb\rc\r', 1).suffixText).toBe('b\rc\r');
    expect(endOfLine('a\rb\rc\r', 0)).toBe(1);
  });

  it('cuts long lines, but no surrogate pair', () => {
    const text = '😀'.repeat(5000);
    const window = chooseWindow(text, 5001);
    expect(window.prefixStart % 2).toBe(0);
    expect(window.prefixStart).toBeGreaterThanOrEqual(3400);
    expect(window.suffixText).toBe('');
  });

  it('depends on text and offset alone', () => {
    const text = lines(200);
    expect(chooseWindow(text, 3000)).toEqual(chooseWindow(text, 3000));
  });
});

describe('chooseWindow, warm', () => {
  const edit = fc.oneof(
    fc.constantFrom('a', '(', ' ', '}', '\n', '\n    ').map((text) => ({ remove: 0, text })),
    fc.constant({ remove: 1, text: '' }),
  );

  it('keeps its edges while characters are typed and deleted and Enter is pressed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.array(edit, { maxLength: 60 }), (line, edits) => {
        let text = lines(300);
        let offset = line * 30;
        let window = chooseWindow(text, offset);
        const first = { start: window.prefixStart, suffix: window.suffixText };
        for (const { remove, text: inserted } of edits) {
          const from = Math.max(line * 30, offset - remove);
          text = text.slice(0, from) + inserted + text.slice(offset);
          offset = from + inserted.length;
          window = chooseWindow(text, offset, window);
          expect(window.prefixStart).toBe(first.start);
          expect(window.suffixText).toBe(first.suffix);
        }
      }),
    );
  });

  it('finds its start again when lines are added above', () => {
    const text = Array.from({ length: 300 }, (_, index) => `line number ${index}\n`).join('');
    const before = chooseWindow(text, 4000);
    const added = 'import a from "a";\n';
    const after = chooseWindow(added + text, 4000 + added.length, before);
    expect(prefixOf(added + text, 4000 + added.length, after)).toBe(prefixOf(text, 4000, before));
  });

  it('keeps its bounds wherever the cursor goes', () => {
    const text = Array.from({ length: 500 }, (_, index) => `line number ${index}\n`).join('');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 20 }), (offsets) => {
        let window: Window | undefined;
        for (const offset of offsets) {
          window = chooseWindow(text, offset, window);
          const length = offset - window.prefixStart;
          expect(length).toBeLessThanOrEqual(2400);
          expect(length).toBeGreaterThanOrEqual(Math.min(offset, 1000));
          expect(text[window.prefixStart - 1] ?? '\n').toBe('\n');
          expect(text.slice(window.suffix.start, window.suffix.end)).toBe(window.suffixText);
          expect(window.suffixText.length).toBeLessThanOrEqual(1200);
        }
      }),
    );
  });

  it('takes a new suffix when the cursor’s line changes', () => {
    const text = 'a\nb\nc\nd\n';
    const before = chooseWindow(text, 1);
    expect(chooseWindow(text, 3, before).suffixText).toBe('c\nd\n');
  });
});
