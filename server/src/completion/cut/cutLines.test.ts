import { describe, expect, it } from 'vitest';
import { continuationOf, type ScriptedContinuation } from '../../../test/support/fakeModel.js';
import { cutContinuation, dropTyped, joinLines, sumOf } from './continuation.js';
import { cutLines } from './cutLines.js';
import { severalLines } from './extent.js';
import { locate } from '../place/place.js';

const cut = (marked: string, scripted: ScriptedContinuation | string, kind: 'body' | 'inside', languageId: string) => {
  const document = { uri: 'file:///a', path: 'a', version: 1, languageId, text: marked.replace('ˇ', '') };
  const place = locate(document, marked.indexOf('ˇ'));
  return cutLines(continuationOf(scripted), place, severalLines(kind, 10)).text;
};

describe('cutLines', () => {
  it.each<[string, string, string, 'body' | 'inside', string, string]>([
    ['one line stays', '{\n  ˇ', 'a(', 'inside', 'typescript', 'a('],
    ['an outer bracket ends it', '{\n  ˇ', 'a();\n}\nb();', 'body', 'typescript', 'a();'],
    ['falling indentation ends it', 'if a:\n    ˇ', 'b()\nc()', 'body', 'python', 'b()'],
    ['a blank line ends it inside', '{\n  ˇ', 'a();\n\n  b();', 'inside', 'typescript', 'a();'],
    ['a blank line does not end a body', '{\n  ˇ', 'a();\n\n  b();', 'body', 'typescript', 'a();\n\n  b();'],
    ['a statement over lines is whole', '{\n  ˇ', 'a(\n    1,\n  );\n  b(', 'inside', 'typescript', 'a(\n    1,\n  );'],
    ['behind an opener, to its end', 'f(() => {ˇ', '\n  a();\n});\nb();', 'body', 'typescript', '\n  a();\n});'],
    ['behind a colon, to the dedent', 'if a:ˇ', '\n    b()\nc()', 'body', 'python', '\n    b()'],
    ['an open block at the end is left out', 'if a:\n    ˇ', 'b()\n    if c:', 'body', 'python', 'b()'],
    [
      'a text in quotes may be at the margin',
      '{\n  ˇ',
      'a = `\nb\n`;\n  c();',
      'body',
      'typescript',
      'a = `\nb\n`;\n  c();',
    ],
    ['brackets in comments do not count', '{\n  ˇ', 'a(); // }\n  b();', 'body', 'typescript', 'a(); // }\n  b();'],
  ])('%s', (_name, marked, text, kind, languageId, expected) => {
    expect(cut(marked, text, kind, languageId)).toBe(expected);
  });

  it('leaves a line out that was not finished', () => {
    const text = 'a();\n  b(c';
    expect(cut('{\n  ˇ', { text, finish: 'tokens' }, 'body', 'typescript')).toBe('a();');
    expect(cut('{\n  ˇ', { text: 'a(b', finish: 'time' }, 'body', 'typescript')).toBe('a(b');
  });

  it('leaves lines out that make it unlikely', () => {
    const text = 'a();\n  b();\n  c();';
    expect(cut('{\n  ˇ', { text, probability: 0.8 }, 'body', 'typescript')).toBe('a();\n  b();');
    expect(cut('{\n  ˇ', { text, probability: 0.1 }, 'body', 'typescript')).toBe('a();');
  });
});

describe('a block that words close', () => {
  const method = 'def f\n  ˇ\nend\n';
  it.each<[string, string, string, readonly string[], readonly number[], string]>([
    ['is whole', 'ruby', method, ['if a', '    b', '  end', '  c'], [1, 1, 1, 0.1], 'if a\n    b\n  end'],
    ['is left out where its end is unlikely', 'ruby', method, ['if a', '    b', '  end'], [1, 1, 0.1], 'if a'],
    ['is left out behind whole lines', 'ruby', method, ['x', '  if a', '    b', '  end'], [1, 1, 1, 0.1], 'x'],
    ['has branches', 'ruby', method, ['if a', '  else', '    b', '  end'], [1, 1, 1, 1], 'if a\n  else\n    b\n  end'],
    [
      'and statements over lines',
      'ruby',
      method,
      ['a', '    .b', '    .c', '  d'],
      [1, 1, 1, 0.1],
      'a\n    .b\n    .c',
    ],
    [
      'ends what the cursor’s line opens',
      'ruby',
      'def f\n  if ˇ\nend\n',
      ['a', '    b', '  else', '    c', '  end', '  d'],
      [1],
      'a\n    b\n  else\n    c\n  end',
    ],
    ['and is none without it', 'ruby', 'def f\n  if aˇ\nend\n', ['', '    b', '  end'], [1, 1, 0.1], ''],
    ['in Lua too', 'lua', 'function f()\n  ˇ\nend\n', ['repeat', '    b()', '  until c'], [1, 1, 0.1], 'repeat'],
  ])('%s', (_name, languageId, marked, lines, likely, expected) => {
    const tokens = lines.flatMap((line, index): (readonly [string, number])[] => [
      ...(index === 0 ? [] : [['\n', 1] as const]),
      ...(line === '' ? [] : [[line, likely[index] ?? 1] as const]),
    ]);
    const [pieces, probability] = [tokens.map(([piece]) => piece), tokens.map(([, share]) => share)];
    expect(cut(marked, { text: lines.join('\n'), pieces, probability }, 'body', languageId)).toBe(expected);
  });
});

describe('continuations', () => {
  const whole = continuationOf({
    text: 'a b\nc',
    pieces: ['a', ' b', '\n', 'c'],
    probability: [0.5, 0.5, 0.5, 0.5, 0.25],
  });

  it('keep the probability of what is left when they are cut', () => {
    expect(Math.exp(whole.logProbability)).toBeCloseTo(0.5 ** 4 * 0.25);
    expect(cutContinuation(whole, 99)).toBe(whole);
    const line = cutContinuation(whole, 3);
    expect(line.text).toBe('a b');
    expect(Math.exp(line.logProbability)).toBeCloseTo(0.5 ** 3);
    expect(Math.exp(cutContinuation(whole, 2).logProbability)).toBeCloseTo(0.5 ** 2);
  });

  it('keep it when their beginning is typed', () => {
    const left = dropTyped(whole, 2);
    expect(left.text).toBe('b\nc');
    expect(Math.exp(left.logProbability)).toBeCloseTo(0.5 ** 3 * 0.25);
    expect(left.tokens[0]).toMatchObject({ start: 0, end: 1 });
    expect(Math.exp(dropTyped(whole, 5).logProbability)).toBeCloseTo(0.25);
  });

  it('join', () => {
    const joined = joinLines(continuationOf('a {'), continuationOf('  b'));
    expect(joined.text).toBe('a {\n  b');
    expect(joined.tokens.map(({ start, end }) => joined.text.slice(start, end)).join('')).toBe('a {  b');
    expect(sumOf(joined.tokens)).toBeGreaterThan(joined.logProbability);
  });
});
