// lacuna/explain: how the last suggestion came about.

import { explainRequest, type Explanation } from '../messages.js';
import type { Handler } from './handler.js';

export const explain: Handler<unknown, Explanation | null> = {
  method: explainRequest,
  empty: () => null,
  run: ({ explanation }) => Promise.resolve(explanation ?? null),
};
