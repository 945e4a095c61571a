// The prompt caches of recently used documents, under a bound of memory.

import { KvCache } from '../runtime/kvCache.js';
import type { Manifest } from '../manifest.js';

/** Bytes of all caches together; about eight documents of the usual window. */
const MAXIMUM_BYTES = 200 * 2 ** 20;

export class PromptCaches {
  private readonly caches = new Map<string, KvCache>();
  private uses = 0;

  constructor(private readonly manifest: Manifest) {}

  /** The cache of a document, made when there is none; the least recently used ones make room. */
  get(key: string): KvCache {
    const cache = this.caches.get(key) ?? new KvCache(this.manifest);
    cache.lastUsed = ++this.uses;
    this.caches.set(key, cache);
    this.shrink(cache);
    return cache;
  }

  /** Forgets a document, such as after a failed run that left its cache in an unknown state. */
  delete(key: string): void {
    this.caches.delete(key);
  }

  /** Bytes of all caches together. */
  get bytes(): number {
    let sum = 0;
    for (const cache of this.caches.values()) sum += cache.bytes;
    return sum;
  }

  private shrink(kept: KvCache): void {
    const oldestFirst = [...this.caches].sort(([, a], [, b]) => a.lastUsed - b.lastUsed);
    for (const [key, cache] of oldestFirst) {
      if (this.bytes <= MAXIMUM_BYTES) return;
      if (cache !== kept) this.caches.delete(key);
    }
  }
}
