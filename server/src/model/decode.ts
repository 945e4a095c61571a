// The decoding loop. It has no modes: when to leave early, when to stop and what to draft come in as functions.

import { chooseTop, type Allowed, type Choice } from './distribution.js';
import type { ExitPolicy } from './exitPolicy.js';
import type { KvCache } from './kvCache.js';

/** The model as the loop needs it. */
export interface Stepper {
  /** Appends tokens to a cache; gives the logits after each of them, and the layers computed. */
  step(
    cache: KvCache,
    ids: readonly number[],
    exit: ExitPolicy,
  ): Promise<{ logits: readonly Float32Array[]; layers: number }>;
}

export interface DecodeStep extends Choice {
  /** The best choices of this step, this one first. */
  readonly top: readonly Choice[];
  readonly layers: number;
  /** The token was proposed by the draft and only verified. */
  readonly drafted: boolean;
}

export interface DecodePolicies {
  readonly exit: ExitPolicy;
  /** Whether decoding ends after a token. */
  readonly stop: (step: DecodeStep) => boolean;
  /** Tokens that are likely to follow the cache's and `next`; verified in one pass, so the output stays the same. */
  readonly draft: (cache: KvCache, next: number) => readonly number[];
  /** Tokens that may come next. */
  readonly allowed: () => Allowed;
}

/** Nothing is drafted. */
export const neverDraft = (): readonly number[] => [];

/** How many of the best choices a step carries. */
const TOP = 3;

/**
 * Greedy decoding, one step a token. When the caller ends it, or a policy stops it, the cache holds the prompt and the
 * tokens given out but the last.
 * @param first the logits after the cache's last token, and the layers computed for it
 */
export async function* decode(
  stepper: Stepper,
  cache: KvCache,
  first: { readonly logits: Float32Array; readonly layers: number },
  policies: DecodePolicies,
): AsyncGenerator<DecodeStep, void, undefined> {
  let rows: readonly Float32Array[] = [first.logits];
  /** Drafted tokens that are in the cache but not yet confirmed. */
  let ahead: readonly number[] = [];
  let { layers } = first;
  let drafted = false;
  try {
    for (;;) {
      const top = chooseTop(rows[0]!, TOP, policies.allowed());
      const chosen = top[0]!;
      const step: DecodeStep = { ...chosen, top, layers, drafted };
      yield step;
      if (policies.stop(step)) return;
      if (ahead[0] === chosen.id) {
        rows = rows.slice(1);
        ahead = ahead.slice(1);
        drafted = true;
        continue;
      }
      cache.rewindTo(cache.length - ahead.length);
      ahead = [];
      const draft = policies.draft(cache, chosen.id);
      const result = await stepper.step(cache, [chosen.id, ...draft], policies.exit);
      ({ logits: rows, layers } = result);
      ahead = draft;
      drafted = false;
    }
  } finally {
    cache.rewindTo(cache.length - ahead.length);
  }
}
