// Collects candidates: what is the same text apart from white space is one candidate with several derivations. Which of
// its texts stands for it is asked when all are known, since white space may be an edit of its own.

import { withoutSpace } from '../diff/withoutSpace.js';
import type { Candidate, Derivation } from '../types.js';

export interface CandidateList {
  /** Adds a text with the way it came about; the score says how early it stands in the list. */
  add(text: string, derivation: Derivation, score: number): void;
  /**
   * The best candidates, the best first.
   * @param spell of texts that differ in white space alone, the one that stands for all, and others worth offering
   */
  take(most: number, spell: Spell): Candidate[];
}

export type Spell = (texts: readonly string[]) => { readonly text: string; readonly variants: readonly string[] };

interface Collected {
  readonly texts: string[];
  readonly derivations: { readonly derivation: Derivation; readonly score: number }[];
}

/** A conflict is never worth more derivations of one text than this. */
const MOST_DERIVATIONS = 12;

/** Ways to write the same words that are compared. */
const MOST_TEXTS = 6;

export function createCandidateList(): CandidateList {
  const collected = new Map<string, Collected>();
  return {
    add(text, derivation, score) {
      const key = withoutSpace(text);
      const known = collected.get(key);
      if (known === undefined) {
        collected.set(key, { texts: [text], derivations: [{ derivation, score }] });
        return;
      }
      if (known.derivations.length < MOST_DERIVATIONS) known.derivations.push({ derivation, score });
      if (known.texts.length < MOST_TEXTS && !known.texts.includes(text)) known.texts.push(text);
    },
    take(most, spell) {
      return [...collected.values()]
        .map(({ texts, derivations }) => ({
          texts,
          derivations: [...derivations].sort((left, right) => right.score - left.score),
          score: derivations.reduce((sum, { score }) => sum + score, 0),
        }))
        .sort((left, right) => right.score - left.score)
        .slice(0, most)
        .map(({ texts, derivations }, index) => ({
          ...derivations[0]!.derivation,
          ...spell(texts),
          derivations: derivations.map(({ derivation }) => derivation),
          index,
          parses: undefined,
          addsErrors: undefined,
        }));
    },
  };
}
