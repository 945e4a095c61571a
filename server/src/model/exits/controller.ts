// The controller of exits (SEC, Sun et al., ICSE 2024): one small network that sees a token's hidden state and signals
// and says whether the full model would choose the same token (exit, or continue), and whether the line that the token
// belongs to will be right (or stop). Unlike the paper's, a token may exit only where its layer agrees with the
// last one, and signals stand beside the state.

import type { SmallGraph } from '../runtime/session.js';
import { trainedNames } from '../../common/trainedNames.js';

export interface Estimate {
  /** Log-odds that the full model chooses the same token. */
  readonly exit: number;
  /** Log-odds that the line will be what the author writes. */
  readonly right: number;
}

export interface Controller {
  /** @param hidden the state that the token was chosen from, [hidden], at an exit its adapted form */
  estimate(hidden: Float32Array, signals: Float32Array): Promise<Estimate>;
}

export function createController(graph: SmallGraph): Controller {
  return {
    async estimate(hidden, signals) {
      const results = await graph.run({
        hidden: { data: hidden, dims: [1, hidden.length] },
        signals: { data: signals, dims: [1, signals.length] },
      });
      return { exit: results[trainedNames.exit]!.data[0]!, right: results['right']!.data[0]! };
    },
  };
}
