// The head over the most frequent tokens, which come first in the vocabulary: a sixth of it, for exits and drafts. Its
// rows are those of the full head.

import type { SmallGraph } from './session.js';

export interface Shortlist {
  readonly tokens: number;
  /** @param hidden [count, hidden]; @returns logits, [count, tokens] */
  logits(hidden: Float32Array, count: number): Promise<Float32Array>;
}

export function createShortlist(graph: SmallGraph, tokens: number): Shortlist {
  return {
    tokens,
    async logits(hidden, count) {
      const dims = [1, count, hidden.length / count];
      return (await graph.run({ hidden: { data: hidden, dims } }))['logits']!.data as Float32Array;
    },
  };
}
