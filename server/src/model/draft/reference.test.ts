import { describe, expect, it } from 'vitest';
import type { Tokenizer } from '../tokens/tokenizer.js';
import { ReferenceIndex } from './reference.js';

/** One token a character. */
const characters = {
  vocabulary: 1000,
  encode: (text: string) => [...text].map((char) => char.charCodeAt(0)),
} as unknown as Tokenizer;

const ids = (text: string): number[] => characters.encode(text);

describe('the index of references', () => {
  const index = new ReferenceIndex(characters);

  it('finds nothing before it has texts, and nothing for a single token', () => {
    expect(index.lookUp(ids('a'), ids('b')[0]!, 3).length).toBe(0);
    expect(index.lookUp([], ids('b')[0]!, 3).length).toBe(0);
  });

  it('finds what followed the same tokens, and how many of them there are', () => {
    index.update(['xxabcdef']);
    expect(index.lookUp(ids('a'), ids('b')[0]!, 3)).toMatchObject({ ids: ids('cde'), length: 2 });
    expect(index.lookUp(ids('zxxa'), ids('b')[0]!, 3)).toMatchObject({ ids: ids('cde'), length: 4 });
  });

  it('prefers the first text, and does not read across the border of two', () => {
    index.update(['ab1', 'ab2yy']);
    expect(index.lookUp(ids('a'), ids('b')[0]!, 3).ids).toEqual(ids('1'));
  });

  it('takes new texts in place of the old ones', () => {
    index.update(['ab9']);
    expect(index.lookUp(ids('a'), ids('b')[0]!, 3).ids).toEqual(ids('9'));
    expect(index.lookUp(ids('y'), ids('y')[0]!, 3).length).toBe(0);
  });
});
