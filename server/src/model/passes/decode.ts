// The decoding loop. It has no modes: when to exit early, when to stop and what to draft come in as functions.

import { chooseTop, TOP_CHOICES, type Allowed, type Choice } from '../tokens/distribution.js';
import { noDraft, type Draft } from './draft.js';
import type { DraftSource } from '../language.js';
import type { ExitPolicy } from './exitPolicy.js';
import type { KvCache } from '../runtime/kvCache.js';
import type { TreeRow } from '../runtime/rowTree.js';

/** What the model gives after a token. */
export interface Row {
  /**
   * Over the vocabulary, or over its first tokens where the row left early. Computed when asked for, since behind a
   * refuted draft nobody asks; to be read before another row is asked.
   */
  readonly logits: () => Promise<Float32Array>;
  /** The last layer's state, or an exit's estimate of it, [hidden]. */
  readonly hidden: Float32Array;
  /** Layers computed for the row. */
  readonly layer: number;
}

/** The model as the loop needs it. */
export interface Stepper {
  /** Appends tokens to a cache; gives a row for each of them, or as far as a pass that left early decided. */
  step(cache: KvCache, ids: readonly number[], exit: ExitPolicy): Promise<readonly Row[]>;
  /**
   * Appends rows of a tree to a cache, through all layers, and gives a row for each; missing where the graphs were made before
   * rows could form trees.
   */
  readonly stepTree?: ((cache: KvCache, rows: readonly TreeRow[]) => Promise<readonly Row[]>) | undefined;
  /** Rows of hidden states after the last layer, [count, hidden]. */
  rowsOf(hidden: Float32Array, count: number, layer: number): readonly Row[];
}

export interface DecodeStep extends Choice {
  /** The best choices of this step, this one first. */
  readonly top: readonly Choice[];
  /** Layers computed for the row that the token was chosen from. */
  readonly layers: number;
  /** The state of that row, [hidden]. */
  readonly hidden: Float32Array;
  /** What proposed the token, where it was drafted and only verified. */
  readonly drafted: DraftSource | undefined;
}

export interface DecodePolicies {
  readonly exit: ExitPolicy;
  /** Whether decoding ends after a token. */
  readonly stop: (step: DecodeStep) => boolean;
  /**
   * Tokens that are likely to follow the cache's and `next`; verified in one pass, so the output stays the same.
   * @param hidden the state that `next` was chosen from
   */
  readonly draft: (cache: Pick<KvCache, 'tokens'>, next: number, hidden: Float32Array) => Promise<Draft>;
  /** Tokens that may come next. */
  readonly allowed: () => Allowed;
}

/** Nothing is drafted. */
export const neverDraft: DecodePolicies['draft'] = () => Promise.resolve(noDraft);

/**
 * Greedy decoding, one step a token. When the caller ends it, or a policy stops it, the cache holds the prompt and the
 * tokens given out but the last.
 * @param first what the model gave after the cache's last token
 */
export async function* decode(
  stepper: Stepper,
  cache: KvCache,
  first: Row,
  policies: DecodePolicies,
): AsyncGenerator<DecodeStep, void, undefined> {
  let rows: readonly Row[] = [first];
  let draft = noDraft;
  /** How many of the drafted tokens, which are all in the cache, are confirmed. */
  let confirmed = 0;
  let passMs = 0;
  const dropUnconfirmed = (): void => cache.rewindTo(cache.length - (draft.ids.length - confirmed));
  try {
    for (;;) {
      const row = rows[0]!;
      const top = chooseTop(await row.logits(), TOP_CHOICES, policies.allowed());
      const chosen = top[0]!;
      const { layer, hidden } = row;
      const isProposed = draft.ids[confirmed] === chosen.id && rows.length > 1;
      const step = {
        ...chosen,
        top,
        layers: layer,
        hidden,
        drafted: isProposed ? draft.sources[confirmed] : undefined,
      };
      yield step;
      if (policies.stop(step)) return;
      if (isProposed) {
        rows = rows.slice(1);
        confirmed++;
        continue;
      }
      dropUnconfirmed();
      draft.settle(confirmed, passMs);
      [draft, confirmed] = [noDraft, 0];
      const next = await policies.draft(cache, chosen.id, hidden);
      const began = performance.now();
      rows = await stepper.step(cache, [chosen.id, ...next.ids], policies.exit);
      passMs = performance.now() - began;
      draft = next;
    }
  } finally {
    dropUnconfirmed();
  }
}
