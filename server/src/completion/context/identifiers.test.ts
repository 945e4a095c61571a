import { describe, expect, it } from 'vitest';
import { namesBefore } from './index.js';

const text = 'const far = 1;\n\nlet basket = open(shop);\nconst total = basket.tot';
const names = (at: number, lines = 8, most = 8) => namesBefore(text, at, lines, most).map(({ name }) => name);

describe('namesBefore', () => {
  it('gives the nearest first, each once, without keywords and without what is being written', () => {
    expect(names(text.length)).toEqual(['basket', 'total', 'shop', 'open', 'far']);
  });

  it('looks at so many lines, and for so many names', () => {
    expect(names(text.length, 1)).toEqual(['basket', 'total']);
    expect(names(text.length, 8, 1)).toEqual(['basket']);
    expect(names(0)).toEqual([]);
  });

  it('says where they begin', () => {
    const found = namesBefore(text, text.length, 8, 8);
    expect(found.every(({ name, offset }) => text.startsWith(name, offset))).toBe(true);
  });

  it('does not read through an endless line', () => {
    expect(namesBefore(`first ${' '.repeat(1_000_000)} last `, 1_000_012, 8, 8).map(({ name }) => name)).toEqual([
      'last',
    ]);
  });
});
