import { describe, expect, it } from 'vitest';
import { tinyManifest } from '../../../test/support/tinyManifest.js';
import { KvCache } from './kvCache.js';
import { cacheData } from './session.js';

const WIDTH = 8;
const states = (...positions: number[]): Float32Array =>
  Float32Array.from(positions.flatMap((p) => Array.from({ length: WIDTH }, () => p)));

describe('KvCache', () => {
  it('finds what two sequences share from the start', () => {
    const cache = new KvCache(tinyManifest());
    cache.tokens.push(1, 2, 3);
    expect(cache.sharedPrefixLength([1, 2, 9])).toBe(2);
    expect(cache.sharedPrefixLength([1, 2, 3, 4])).toBe(3);
    expect(cache.sharedPrefixLength([])).toBe(0);
  });

  it('keeps its content when it grows', () => {
    const cache = new KvCache(tinyManifest());
    cache.reserve(2);
    cache.tokens.push(1, 2);
    cacheData(cache.layerCaches[3]!.values).set([1, 2, 3, 4, 5, 6, 7, 8]);
    cache.reserve(1_000);
    expect([...cacheData(cache.layerCaches[3]!.values).subarray(0, 9)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0]);
    expect(cache.layerCaches[3]!.values.dims).toEqual([1, 1, 1_024, 4]);
  });

  it('hands what waits in front of a segment to the next pass, once', () => {
    const cache = new KvCache(tinyManifest());
    cache.wait(1, states(5));
    cache.wait(1, states(6));
    expect(cache.takeWaiting(1, states(7))).toEqual(states(5, 6, 7));
    expect(cache.takeWaiting(1, states(8))).toEqual(states(8));
  });

  it('rewinds what waits together with the tokens', () => {
    const cache = new KvCache(tinyManifest());
    cache.tokens.push(1, 2, 3);
    cache.advance(0, 3);
    cache.advance(1, 1);
    cache.wait(1, states(2, 3));
    cache.rewindTo(2);
    expect(cache.segmentLength(0)).toBe(2);
    expect(cache.segmentLength(1)).toBe(1);
    expect(cache.takeWaiting(1, states())).toEqual(states(2));
    cache.rewindTo(0);
    expect(cache.segmentLength(1)).toBe(0);
  });

  /** A cache of tokens 1 and 2 with two branches behind them; of each slot the keys of the last layer are its number. */
  const withTree = (): KvCache => {
    const cache = new KvCache(tinyManifest());
    cache.reserve(6);
    cache.tokens.push(1, 2);
    cache.advance(0, 2);
    cache.advance(1, 2);
    cache.growTree([
      { id: 3, parent: 1 },
      { id: 4, parent: 0 },
      { id: 5, parent: 2 },
      { id: 6, parent: 3 },
    ]);
    const keys = cacheData(cache.layerCaches[3]!.keys);
    for (let slot = 0; slot < 6; slot++) keys.fill(slot, 4 * slot, 4 * (slot + 1));
    return cache;
  };
  const slots = (cache: KvCache, count: number): number[] =>
    Array.from({ length: count }, (_, slot) => cacheData(cache.layerCaches[3]!.keys)[4 * slot]!);

  it.each([
    ['behind the whole trunk', 4, [1, 2, 3, 5], [0, 1, 2, 4]],
    ['that leaves the trunk further ahead', 5, [1, 4, 6], [0, 3, 5]],
    ['that ends on the trunk', 0, [1], [0]],
  ])('keeps a branch %s, and nothing else', (_, slot, tokens, kept) => {
    const cache = withTree();
    cache.keepBranch(slot);
    expect(cache.tokens).toEqual(tokens);
    expect(slots(cache, tokens.length)).toEqual(kept);
    expect([cache.segmentLength(0), cache.segmentLength(1), cache.tree.size]).toEqual([
      tokens.length,
      tokens.length,
      0,
    ]);
  });

  it('keeps a tree when it grows, and drops it together with what it stands behind', () => {
    const cache = withTree();
    cache.reserve(1_000);
    expect(slots(cache, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    cache.rewindTo(2);
    expect([cache.tokens.length, cache.tree.size]).toEqual([2, 0]);
  });

  it('takes no tree while tokens wait in front of a segment', () => {
    const cache = new KvCache(tinyManifest());
    cache.tokens.push(1, 2);
    cache.advance(0, 2);
    expect(() => cache.growTree([{ id: 3, parent: 1 }])).toThrow();
  });
});
