// The draft layer: from the last layer's state and the token chosen from it, the state that the token after it is chosen
// from, by one small network instead of a pass through the model. Its own states take the place of the model's when it
// is asked for more than one token.

import { chooseTop } from '../tokens/distribution.js';
import type { Embed } from '../runtime/embedding.js';
import type { SmallGraph } from '../runtime/session.js';
import type { Shortlist } from '../runtime/shortlist.js';

export interface DraftedState {
  readonly id: number;
  /** Probability of the token within the shortlist, by the layer's own estimate. */
  readonly probability: number;
  /** [hidden] */
  readonly hidden: Float32Array;
}

export interface DraftLayer {
  /** @param hidden the state that `id` was chosen from */
  step(hidden: Float32Array, id: number): Promise<DraftedState>;
}

export function createDraftLayer(graph: SmallGraph, shortlist: Shortlist, embed: Embed): DraftLayer {
  return {
    async step(hidden, id) {
      const dims = [1, 1, hidden.length];
      const results = await graph.run({ hidden: { data: hidden, dims }, embedding: { data: embed([id]), dims } });
      const state = results['hidden_out']!.data as Float32Array;
      const [best] = chooseTop(await shortlist.logits(state, 1), 1);
      return { id: best!.id, probability: Math.exp(best!.logProbability), hidden: state };
    },
  };
}
