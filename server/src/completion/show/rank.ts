// The order of several suggestions, and which of them are worth a glance beside the first. Those that
// leave something open do not come here.

import type { Place } from '../place/place.js';
import type { Suggestion } from '../types.js';

/** Nothing less likely (0-1) is shown, not even when it is asked for by hand: it would be noise. */
const LEAST_PROBABILITY = 0.01;

/**
 * The first stays first, since it is what the model would write; the others follow by probability. Lines that differ in
 * their indentation alone are one line, since the document's own takes the place of each: it gets the sum of their
 * probabilities. Of those that differ in other white space the likelier one stays, with its own probability.
 * @param most how many are wanted
 */
export function rankSuggestions(
  suggestions: readonly Suggestion[],
  most: number,
  place: Pick<Place, 'linePrefix'>,
): readonly Suggestion[] {
  const [first, ...others] = joined(suggestions, withoutIndentation, place.linePrefix.trim() === '');
  if (first === undefined) return [];
  const ordered = [first, ...others.sort((a, b) => b.probability - a.probability)];
  return joined(ordered, withoutSpace, false)
    .filter(({ probability }) => probability >= LEAST_PROBABILITY)
    .slice(0, most);
}

/** One for each key, in the order of the first of each; with their probabilities added where that is wanted. */
function joined(
  suggestions: readonly Suggestion[],
  keyOf: (text: string) => string,
  isSum: boolean,
): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const suggestion of suggestions) {
    const { start, end } = suggestion.range;
    const key = `${start}-${end} ${keyOf(suggestion.text)}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, suggestion);
    else if (isSum) {
      found.set(key, { ...known, probability: Math.min(1, known.probability + suggestion.probability) });
    }
  }
  return [...found.values()];
}

function withoutIndentation(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}
