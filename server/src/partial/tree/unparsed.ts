// A completion in a language without a grammar: one part that can only be kept or left out as a whole.

import type { AlignedCompletion, Completion } from '../types.js';

export function unparsed(completion: Completion): AlignedCompletion {
  const range = { start: 0, end: completion.text.length };
  const tokens = completion.tokens.map((_, index) => index);
  const line = { kind: 'node', type: 'text', range, isWhole: false, tokens, children: [] } as const;
  return { completion, root: { kind: 'node', type: 'line', range, isWhole: false, tokens: [], children: [line] } };
}
