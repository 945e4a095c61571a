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
});
