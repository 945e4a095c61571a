// What the checks in front of certainty are given.

import type { SpacedWords } from '../candidates/spacing/spacedWords.js';
import type { Candidate, MergeInput, NameFindings, Refusal } from '../types.js';

export interface GateSide {
  readonly text: string;
  readonly spaced: SpacedWords;
  /** Of each word its place in the base, or -1. */
  readonly inBase: Int32Array;
  /** Of each word of the base its place in the side, or -1. */
  readonly fromBase: Int32Array;
}

/** What becomes of names in the conflict itself. */
export interface ConflictNames {
  /** Names that the base defines, that a side does not have any more, and that the lines around do not have either. */
  readonly gone: readonly string[];
  /** The same of names that a side replaced by another. */
  readonly renamed: readonly string[];
}

/** An answer beside what it was made of. */
export interface Gated {
  readonly input: MergeInput;
  readonly candidate: Candidate;
  readonly answer: SpacedWords;
  readonly base: SpacedWords;
  /** What is found out of the sides and the base once for all answers. */
  readonly conflictNames: () => ConflictNames;
  /** What the whole file says of the conflict's names. */
  readonly names: NameFindings;
  /** Ours and theirs. */
  readonly sides: readonly [GateSide, GateSide];
  /** Of each word of the answer its place in ours, theirs and the base, or -1. */
  readonly places: { readonly sides: readonly [Int32Array, Int32Array]; readonly base: Int32Array };
}

/** Finds nothing, or why the answer is refused. It gets any text, and never throws. */
export type GateCheck = (gated: Gated) => Refusal | undefined;
