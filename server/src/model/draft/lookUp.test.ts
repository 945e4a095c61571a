import { describe, expect, it } from 'vitest';
import { lookUp } from './lookUp.js';

describe('lookUp', () => {
  const cases: [string, readonly number[], number, readonly number[], number][] = [
    ['nothing in an empty sequence', [], 1, [], 0],
    ['nothing where the token is new', [1, 2, 3], 9, [], 0],
    ['what followed a match of one', [5, 1, 2, 3, 7], 1, [2, 3, 7], 1],
    ['what followed a match of two', [5, 1, 2, 3, 7, 5], 1, [2, 3, 7], 2],
    ['no longer match than four', [9, 1, 2, 3, 4, 11, 9, 1, 2, 3], 4, [11, 9, 1], 4],
    ['the longest match before a later shorter one', [8, 5, 1, 2, 3, 6, 1, 9, 8, 5], 1, [2, 3, 6], 3],
    ['the latest of equally long matches', [1, 2, 1, 3, 4], 1, [3, 4], 1],
    ['no more than there is', [7, 1, 2, 7], 1, [2, 7], 2],
    ['nothing after the last token itself', [4, 4, 6], 6, [], 0],
  ];
  for (const [name, tokens, next, ids, length] of cases) {
    it(`finds ${name}`, () => expect(lookUp(tokens, next, 3)).toMatchObject({ ids, length }));
  }
});
