import { describe, expect, it } from 'vitest';
import { lookUpDraft } from './draft.js';

describe('lookUpDraft', () => {
  const cases: [string, readonly number[], number, readonly number[]][] = [
    ['nothing in an empty sequence', [], 1, []],
    ['nothing where the token is new', [1, 2, 3], 9, []],
    ['one token after a match of one', [5, 1, 2, 3, 7], 1, [2]],
    ['two tokens after a match of two', [5, 1, 2, 3, 7, 5], 1, [2, 3]],
    ['four tokens after a match of four', [1, 2, 3, 4, 11, 12, 13, 14, 15, 1, 2, 3], 4, [11, 12, 13, 14]],
    ['the longest match before a later shorter one', [8, 5, 1, 2, 3, 6, 1, 9, 8, 5], 1, [2, 3, 6]],
    ['the latest of equally long matches', [1, 2, 1, 3, 4], 1, [3]],
    ['no more than there is', [7, 1, 2, 7], 1, [2, 7]],
    ['nothing after the last token itself', [4, 4, 6], 6, []],
  ];
  for (const [name, tokens, next, expected] of cases) {
    it(`proposes ${name}`, () => expect(lookUpDraft(tokens, next)).toEqual(expected));
  }
});
