// The order of several suggestions, after the filters made some of them equal.

import type { Suggestion } from './types.js';

/**
 * The first stays first, since it is what the model would write; the others follow by probability.
 * @param most how many are wanted
 */
export function rankSuggestions(suggestions: readonly Suggestion[], most: number): readonly Suggestion[] {
  const [first, ...others] = suggestions;
  if (first === undefined) return [];
  const ordered = [first, ...others.sort((a, b) => b.probability - a.probability)];
  const seen = new Set<string>();
  const different = ordered.filter(({ text, range }) => {
    const key = `${range.start}-${range.end} ${text.trimEnd()}`;
    return !seen.has(key) && seen.add(key);
  });
  return different.slice(0, most);
}
