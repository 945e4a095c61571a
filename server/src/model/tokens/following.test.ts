import { describe, expect, it } from 'vitest';
import { chooseTop, logProbabilityOf } from './distribution.js';
import { followingOf } from './following.js';
import type { Tokenizer } from './tokenizer.js';

/** A token a character. */
const tokenizer = { encode: (text: string) => [...text].map((character) => character.charCodeAt(0)) } as Tokenizer;
const spelled = (suffix: string): string | undefined => {
  const following = followingOf(tokenizer, suffix);
  return following && `${following.blank}|${String.fromCharCode(...following.ids)}`;
};

describe('what follows a line', () => {
  it.each([
    ['}\nnext();\n', '|}\nnext();\n'],
    ['    return x;\n}', '|    return'],
    ['\n  \n  a', '\n  \n|  a'],
    ['\r\n\tb\n', '\r\n|\tb\n'],
  ])('of %j is %j: blank lines, and the first tokens of the next', (suffix, expected) => {
    expect(spelled(suffix)).toBe(expected);
  });

  it.each(['', '\n', ' \n\t\n'])('is nothing where there is only white space: %j', (suffix) => {
    expect(spelled(suffix)).toBeUndefined();
  });

  it('is found in no time behind very many blank lines', () => {
    expect(spelled(`${' \n'.repeat(100_000)}x`)).toBe(`${' \n'.repeat(100_000)}|x`);
  });
});

describe("a token's log-probability", () => {
  it('is the same as where it is chosen, and all probabilities add up to one', () => {
    const logits = Float32Array.of(1, -2, 3.5, 0, 3);
    for (const { id, logProbability } of chooseTop(logits, 5)) {
      expect(logProbabilityOf(id, logits)).toBeCloseTo(logProbability, 5);
    }
    const sum = [...logits.keys()].reduce((total, id) => total + Math.exp(logProbabilityOf(id, logits)), 0);
    expect(sum).toBeCloseTo(1, 5);
  });
});
