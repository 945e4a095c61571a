// lacuna/explain: how the last suggestion came about.

import { explainRequest, type Explanation } from '../messages.js';
import type { ExplainedSuggestion } from '../state/explanation.js';
import type { Say } from '../state/language.js';
import type { Handler } from './handler.js';

export const explain: Handler<unknown, Explanation | null> = {
  method: explainRequest,
  empty: () => null,
  run: ({ explanation, say }) => Promise.resolve(explanation === undefined ? null : said(explanation, say)),
};

function said({ outcome, tokens, figures }: ExplainedSuggestion, say: Say): Explanation {
  return {
    outcome: say(outcome),
    tokens: tokens.map(({ drafted, ...token }) => ({
      ...token,
      ...(drafted === undefined ? {} : { drafted: say(drafted) }),
    })),
    figures: figures.map(say),
  };
}
