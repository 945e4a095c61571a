// How well pieces of code answer a question: Okapi BM25, over names and parts of names.

import { countsOf } from '../../common/countsOf.js';
import { termsOf } from './identifiers.js';
import type { Question } from './question.js';

/** Saturation of a term's frequency (k1) and weight of a piece's length (b), as usual. */
const K1 = 1.2;
const B = 0.6;

/** @returns a score for each text, 0 where it shares nothing with the question */
export function scoreTexts(question: Question, texts: readonly string[]): readonly number[] {
  const counted = texts.map(countTerms);
  const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
  const holding = new Map<string, number>();
  for (const { counts } of counted)
    for (const term of counts.keys()) if (question.has(term)) holding.set(term, (holding.get(term) ?? 0) + 1);
  const rarity = (term: string): number => {
    const held = holding.get(term) ?? 0;
    return Math.log(1 + (texts.length - held + 0.5) / (held + 0.5));
  };
  return counted.map(({ counts, length }) => {
    const penalty = K1 * (1 - B + (B * length) / Math.max(1, meanLength));
    let score = 0;
    for (const [term, weight] of question) {
      const count = counts.get(term);
      if (count !== undefined) score += (weight * rarity(term) * count * (K1 + 1)) / (count + penalty);
    }
    return score;
  });
}

function countTerms(text: string): { readonly counts: ReadonlyMap<string, number>; readonly length: number } {
  const terms = termsOf(text);
  return { counts: countsOf(terms), length: terms.length };
}
