// Speculative decoding, what a draft is: tokens that are proposed to follow, verified in one pass with the token before them.

import type { DraftSource } from '../language.js';

export interface Draft {
  readonly ids: readonly number[];
  /** Where each of them comes from. */
  readonly sources: readonly DraftSource[];
  /** Told how many of the tokens were confirmed, and how long the pass took that verified them, in milliseconds. */
  settle(confirmed: number, passMs: number): void;
}

export const noDraft: Draft = { ids: [], sources: [], settle: () => undefined };
