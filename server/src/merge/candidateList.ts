// Collects candidates: what is the same text apart from white space is one candidate with several derivations.

import type { Candidate, Derivation } from './types.js';

export interface CandidateList {
  /** Adds a text with the way it came about; the score says how early it stands in the list. */
  add(text: string, derivation: Derivation, score: number): void;
  /** The best candidates, the best first. */
  take(most: number): Candidate[];
}

interface Collected {
  readonly text: string;
  readonly derivations: { readonly derivation: Derivation; readonly score: number }[];
}

/** A conflict is never worth more derivations of one text than this. */
const MOST_DERIVATIONS = 12;

export function createCandidateList(): CandidateList {
  const collected = new Map<string, Collected>();
  return {
    add(text, derivation, score) {
      const key = withoutSpace(text);
      const known = collected.get(key);
      if (known === undefined) collected.set(key, { text, derivations: [{ derivation, score }] });
      else if (known.derivations.length < MOST_DERIVATIONS) known.derivations.push({ derivation, score });
    },
    take(most) {
      return [...collected.values()]
        .map(({ text, derivations }) => ({
          text,
          derivations: [...derivations].sort((left, right) => right.score - left.score),
          score: derivations.reduce((sum, { score }) => sum + score, 0),
        }))
        .sort((left, right) => right.score - left.score)
        .slice(0, most)
        .map(({ text, derivations }, index) => ({
          ...derivations[0]!.derivation,
          text,
          derivations: derivations.map(({ derivation }) => derivation),
          index,
          parses: undefined,
        }));
    },
  };
}

export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
