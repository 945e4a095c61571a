import { describe, expect, it } from 'vitest';
import { combinePatterns, render, renderAlike } from './combine.js';
import { primitivePatterns, type MergeChunk, type ThreeWayMerge } from '../types.js';

const stable = (text: string): MergeChunk<string> => ({ kind: 'stable', items: [...text], from: 'all' });

const conflict = (ours: string, base: string, theirs: string): MergeChunk<string> => ({
  kind: 'conflict',
  ours: [...ours],
  base: [...base],
  theirs: [...theirs],
});

const mergeOf = (...chunks: MergeChunk<string>[]): ThreeWayMerge<string> => ({
  chunks,
  conflicts: chunks.filter(({ kind }) => kind === 'conflict').length,
});

const one = mergeOf(stable('<'), conflict('abx', 'ab', 'aby'), stable('>'));
const two = mergeOf(conflict('a', 'b', 'c'), stable('-'), conflict('d', 'e', 'f'));
const many = (count: number): ThreeWayMerge<string> =>
  mergeOf(...Array.from({ length: count }, () => conflict('o', 'b', 't')));

describe('renderAlike', () => {
  it.each([
    ['ours', '<abx>'],
    ['theirs', '<aby>'],
    ['base', '<ab>'],
    ['ours+theirs', '<abxaby>'],
    ['theirs+ours', '<abyabx>'],
    ['ours-without-base', '<x>'],
    ['theirs-without-base', '<y>'],
    ['ours+theirs-without-base', '<xy>'],
    ['theirs+ours-without-base', '<yx>'],
  ] as const)('%s', (pattern, expected) => {
    expect(renderAlike(one, pattern).join('')).toBe(expected);
  });
});

describe('render', () => {
  it('decides each conflict by itself, in their order', () => {
    expect(render(two, ['theirs', 'ours+theirs'])).toBe('c-df');
  });

  it('takes ours where nothing was decided', () => {
    expect(render(two, ['theirs'])).toBe('c-d');
    expect(render(two, [])).toBe('a-d');
  });
});

describe('combinePatterns', () => {
  it('has one answer where nothing is left to decide', () => {
    const found = combinePatterns(mergeOf(stable('ab')), 40);
    expect(found.map(({ text, parts }) => ({ text, parts }))).toEqual([{ text: 'ab', parts: [] }]);
  });

  it('tries all nine patterns on one conflict', () => {
    const found = combinePatterns(one, 40);
    expect(found.map(({ parts }) => parts[0]).sort()).toEqual([...primitivePatterns].sort());
    expect(found[0]).toMatchObject({ text: '<abx>', parts: ['ours'] });
    expect(found[1]).toMatchObject({ text: '<aby>', parts: ['theirs'] });
  });

  it('tries every pair of patterns on two conflicts when there is room', () => {
    const found = combinePatterns(two, 81);
    expect(new Set(found.map(({ parts }) => parts.join())).size).toBe(81);
    expect(found).toHaveLength(81);
  });

  it.each([2, 3, 5, 12, 13, 60])('keeps one decision throughout among the answers to %i conflicts', (count) => {
    for (const most of [1, 9, 40]) {
      const found = combinePatterns(many(count), most);
      expect(found.length).toBeLessThanOrEqual(Math.max(most, primitivePatterns.length));
      const seen = found.map(({ parts }) => parts.join());
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen[0]).toBe(Array.from({ length: count }, () => 'ours').join());
      for (const { text, parts } of found) {
        expect(parts).toHaveLength(count);
        expect(text).toBe(render(many(count), parts));
      }
    }
  });

  it('mixes up to twelve conflicts, and decides more of them alike', () => {
    const isMixed = (count: number): boolean =>
      combinePatterns(many(count), 40).some(({ parts }) => new Set(parts).size > 1);
    expect(isMixed(12)).toBe(true);
    expect(isMixed(13)).toBe(false);
  });

  it('begins with the likeliest', () => {
    for (const count of [1, 2, 6]) {
      const scores = combinePatterns(many(count), 40).map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((left, right) => right - left));
    }
  });
});
