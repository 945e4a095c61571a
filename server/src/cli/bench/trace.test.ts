import { describe, expect, it } from 'vitest';
import { ownTraces, parseTrace } from './trace.js';

describe('the recordings', () => {
  it.each(ownTraces().map((trace) => [trace.path, trace] as const))('%s can be played', (_path, trace) => {
    let { text, offset } = trace;
    for (const { insert, remove, moveBehind } of trace.keys) {
      if (moveBehind === undefined) {
        text = text.slice(0, offset - remove) + insert + text.slice(offset);
        offset += insert.length - remove;
      } else {
        expect(text).toContain(moveBehind);
        offset = text.indexOf(moveBehind) + moveBehind.length;
      }
    }
    expect(trace.keys.some(({ remove }) => remove > 0)).toBe(true);
    expect(trace.keys.some(({ moveBehind }) => moveBehind !== undefined)).toBe(true);
    expect(trace.keys.filter(({ pause }) => pause > 0).length).toBeGreaterThan(10);
    expect(text).toMatchSnapshot();
  });
});

describe('parseTrace', () => {
  const trace = { path: 'a.ts', languageId: 'typescript', lines: ['aˇ', 'b'], steps: [{ type: 'xy', pause: 500 }] };

  it('turns steps into keys, the pause after the last', () => {
    expect(parseTrace(trace, 'one')).toEqual({
      path: 'a.ts',
      languageId: 'typescript',
      text: 'a\nb',
      offset: 1,
      keys: [
        { insert: 'x', remove: 0, every: 120, pause: 0 },
        { insert: 'y', remove: 0, every: 120, pause: 500 },
      ],
    });
  });

  it('says what does not fit', () => {
    expect(() => parseTrace({ ...trace, lines: ['a'] }, 'one')).toThrow('The recording one has no cursor (ˇ).');
    expect(() => parseTrace({ ...trace, steps: [{ typo: 'x' }] }, 'one')).toThrow('The recording one does not fit: ');
  });
});
