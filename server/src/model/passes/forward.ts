// One pass of tokens through the segments, with exits between them and catch-up of what left early.

import type { Embed } from '../runtime/embedding.js';
import type { ExitPolicy } from './exitPolicy.js';
import type { KvCache } from '../runtime/kvCache.js';
import type { Graphs } from '../runtime/session.js';
import { PADDING } from '../runtime/stableRows.js';

export interface ForwardResult {
  /** Hidden states of the given tokens, [count, hidden], after the last layer that was computed. */
  readonly hidden: Float32Array;
  /** Layers computed for them. */
  readonly layers: number;
  /** Whether the pass left before the last layer. */
  readonly left: boolean;
}

/**
 * Appends tokens to the cache.
 * @param ids at least one token; their positions follow the cache's
 * @param exit asked after every segment but the last
 */
export async function forward(
  graphs: Pick<Graphs, 'segments'>,
  embed: Embed,
  cache: KvCache,
  ids: readonly number[],
  exit: ExitPolicy,
): Promise<ForwardResult> {
  cache.dropTree();
  cache.reserve(cache.length + ids.length + PADDING);
  cache.tokens.push(...ids);
  let hidden = embed(ids);
  const width = hidden.length / ids.length;
  const ofIds = (states: Float32Array): Float32Array => states.subarray(states.length - ids.length * width);
  for (const [index, segment] of graphs.segments.entries()) {
    const input = cache.takeWaiting(index, hidden);
    const count = input.length / width;
    hidden = await segment.run(input, count, cache.segmentLength(index), cache.layerCaches);
    cache.advance(index, count);
    if (index === graphs.segments.length - 1) break;
    if (await exit.exits({ layer: segment.to, ids, hidden: ofIds(hidden) })) {
      cache.wait(index + 1, hidden);
      return { hidden: ofIds(hidden), layers: segment.to, left: true };
    }
  }
  return { hidden: ofIds(hidden), layers: graphs.segments.at(-1)!.to, left: false };
}
