// What is looked for: the names around a place, the nearer the weightier.

import { PART_MARK, termsOf } from './identifiers.js';
import type { ContextPlace } from './types.js';

/** Weight of a name by its distance: it falls by this factor with each line before the cursor, or after it. */
const DECAY = 0.75;
/** Of the line after the cursor, against the cursor's own. */
const AFTER = 0.7;
/** Of a part of a name, against a whole one. */
const OF_PART = 0.5;
/** Lines that are looked at on each side. */
const LINES = 30;

/** Terms and their weights (0-1). */
export type Question = ReadonlyMap<string, number>;

export function questionOf({ prefix, suffix }: Pick<ContextPlace, 'prefix' | 'suffix'>): Question {
  const weights = new Map<string, number>();
  const add = (line: string, weight: number): void => {
    for (const term of termsOf(line)) {
      const own = term.startsWith(PART_MARK) ? OF_PART * weight : weight;
      if (own > (weights.get(term) ?? 0)) weights.set(term, own);
    }
  };
  for (const [distance, line] of prefix.split('\n').slice(-LINES).reverse().entries()) add(line, DECAY ** distance);
  for (const [distance, line] of suffix.split('\n').slice(0, LINES).entries()) add(line, AFTER * DECAY ** distance);
  return weights;
}
