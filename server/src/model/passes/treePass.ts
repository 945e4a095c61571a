// One pass of rows that form a tree behind a cache: branches of a line are computed together, each behind its own tokens.
//
// A row of a tree is its row in a sequence up to rounding, not bit for bit: what a branch does not see lies between what it
// sees, so the runtime adds the shares of attention in other groups. Graphs that round their inputs to 8 bits make more of
// it: on the model that ships, logits differed by up to 0.33 in a trial, and by as much for noise of a millionth in the
// embeddings. Where a bit matters, as for drafts of the line that is shown, rows follow each other (forward.ts).

import type { Embed } from '../runtime/embedding.js';
import type { KvCache } from '../runtime/kvCache.js';
import type { TreeRow } from '../runtime/rowTree.js';
import type { Graphs } from '../runtime/session.js';
import { PADDING } from '../runtime/stableRows.js';

/**
 * Appends rows to the cache's tree, through all layers.
 * @param rows at least one; each may follow one that stands before it
 * @returns their hidden states after the last layer, [count, hidden]
 */
export async function forwardTree(
  graphs: Graphs,
  embed: Embed,
  cache: KvCache,
  rows: readonly TreeRow[],
): Promise<Float32Array> {
  await catchUp(graphs, cache);
  const past = cache.tree.slots;
  cache.reserve(past + rows.length + PADDING);
  const seen = cache.growTree(rows);
  let hidden = embed(rows.map(({ id }) => id));
  for (const segment of graphs.segments) hidden = await segment.run(hidden, rows.length, past, cache.layerCaches, seen);
  return hidden;
}

/** Computes what waits in front of deeper segments. */
async function catchUp(graphs: Graphs, cache: KvCache): Promise<void> {
  let hidden = new Float32Array(0);
  for (const [index, segment] of graphs.segments.entries()) {
    const input = cache.takeWaiting(index, hidden);
    hidden = new Float32Array(0);
    const count = cache.length - cache.segmentLength(index);
    if (count === 0) continue;
    hidden = new Float32Array(await segment.run(input, count, cache.segmentLength(index), cache.layerCaches));
    cache.advance(index, count);
  }
}
