import { describe, expect, it } from 'vitest';
import { neighbourNames, neighboursOf } from './neighbours.js';

const said = (prefix: string, text: string, suffix: string): Record<string, number> => {
  const { features } = neighboursOf({ languageId: 'typescript', prefix, text, suffix, tokens: [] });
  return Object.fromEntries(neighbourNames.map((name, index) => [name, features[index]!]));
};

describe('the lines around a completion', () => {
  it('say how far they are indented from it, and whether blank lines lie between', () => {
    expect(said('if (a) {\n  ', 'b();', '\n}\n')).toMatchObject({
      indentBelow: -2,
      isBlankBelow: 0,
      indentAbove: -2,
      isBlankAbove: 0,
    });
    expect(said('    c();\n\n', 'a(', '\n  \n    b,\n  );\n')).toMatchObject({
      indentBelow: 4,
      isBlankBelow: 1,
      indentAbove: 4,
      isBlankAbove: 1,
    });
  });

  it('are the same with Windows line ends', () => {
    const unix = ['x;\n\n  ', 'y;', '\n\n    z;\n'] as const;
    const [prefix, text, suffix] = unix.map((part) => part.replaceAll('\n', '\r\n'));
    expect(said(prefix!, text!, suffix!)).toEqual(said(...unix));
  });

  it('say whether the next one repeats it, in whole or in part', () => {
    expect(said('  return ', 'x;', '\n  return x;\n')).toMatchObject({ isRepeated: 1, alikeBelow: 1 });
    expect(said('', 'foo(a)', '\nfoo(b)')).toMatchObject({ isRepeated: 0, alikeBelow: 4 / 6 });
    expect(said('', 'foo', '')).toMatchObject({ isRepeated: 0, alikeBelow: 0, indentBelow: 0, isBlankBelow: 0 });
  });
});
