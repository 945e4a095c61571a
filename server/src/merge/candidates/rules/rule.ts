// A rule reads a conflict and proposes texts that the primitive patterns do not reach.

import type { Material } from '../../diff/material.js';
import type { CandidateSource } from '../../types.js';

export interface Proposal {
  readonly text: string;
  /** The readable name of how it came about. */
  readonly pattern: string;
  readonly source: CandidateSource;
  /** How likely it is, roughly: it decides over the place in the list of candidates. */
  readonly score: number;
}

/** What a rule finds; nothing where it does not apply. It gets any text, and never throws. */
export type Rule = (material: Material) => readonly Proposal[];
