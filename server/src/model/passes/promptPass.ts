// Brings a cache to a prompt, in passes short enough for a cancel to be heard between them.
//
// Where there is a prefill form (runtime/prefill.ts), all lines but the last are read with it. Which form a position is
// computed in follows from the prompt alone, so that what is cached is what would be computed.

import { abortError } from '../../common/abort.js';
import type { Embed } from '../runtime/embedding.js';
import { neverExit } from './exitPolicy.js';
import { forward } from './forward.js';
import type { KvCache } from '../runtime/kvCache.js';
import type { Graphs, Segment } from '../runtime/session.js';
import { PADDING } from '../runtime/stableRows.js';

/**
 * A pass of a prompt should take so many milliseconds: between two passes a cancel is heard, and it shall be heard
 * within 150. Longer passes are cheaper a token, by 7 % from 48 to 128 tokens on two cores.
 */
const PASS_MS = 125;
const FIRST_PASS = 48;
const SHORTEST_PASS = 32;
const LONGEST_PASS = 256;

/** Of a last line that is longer, whole runs of so many tokens are read in the prefill form. */
const LONGEST_LINE = 64;

export interface PromptPass {
  /** How many tokens of a prompt need not be computed: all of them only where the state behind the last one is known. */
  cachedLength(cache: KvCache, ids: readonly number[]): number;
  /**
   * Reuses what cache and prompt share, and computes the rest.
   * @param deadline when to give up, on performance.now()'s clock; the cache keeps what was computed
   * @returns the last token's hidden state; undefined when the deadline came first
   * @throws AbortError as soon as `cancelled` says so
   */
  compute(
    cache: KvCache,
    ids: readonly number[],
    deadline: number,
    cancelled: () => boolean,
  ): Promise<Float32Array | undefined>;
}

/**
 * @param endsLine whether a token holds a line end
 * @param prefill the segments of the prefill form, as soon as there are any
 */
export function createPromptPass(
  graphs: Graphs,
  embed: Embed,
  width: number,
  endsLine: (id: number) => boolean,
  prefill: () => readonly Segment[] | undefined,
): PromptPass {
  const passes = new PassLengths();
  const prefillPasses = new PassLengths();

  /** Tokens from the first one on that are read in the prefill form. */
  const prefillLength = (ids: readonly number[]): number => {
    if (prefill() === undefined) return 0;
    const lastLine = ids.findLastIndex(endsLine) + 1;
    return ids.length - ((ids.length - lastLine) % LONGEST_LINE);
  };

  const cachedLength = (cache: KvCache, ids: readonly number[]): number => {
    const prefilled = prefillLength(ids);
    const reusable = cache.reusableLength(ids);
    // What lies between the two was computed in the other form.
    return cache.prefilled === prefilled ? reusable : Math.min(reusable, cache.prefilled, prefilled);
  };

  return {
    cachedLength,
    async compute(cache, ids, deadline, cancelled) {
      const prefilled = prefillLength(ids);
      cache.rewindTo(cachedLength(cache, ids));
      if (cache.length === ids.length) return cache.stateBehind(ids.length);
      cache.reserve(ids.length + 1 + PADDING);
      for (;;) {
        if (cancelled()) throw abortError();
        if (performance.now() > deadline) return undefined;
        const isPrefill = cache.length < prefilled;
        const lengths = isPrefill ? prefillPasses : passes;
        const end = Math.min(cache.length + lengths.next, isPrefill ? prefilled : ids.length);
        const pass = ids.slice(cache.length, end);
        const began = performance.now();
        const segments = isPrefill ? prefill()! : graphs.segments;
        const { hidden } = await forward({ segments }, embed, cache, pass, neverExit);
        lengths.took(pass.length, performance.now() - began);
        if (isPrefill) cache.prefilled = cache.length;
        if (cache.length < ids.length) continue;
        const last = hidden.slice(hidden.length - width);
        cache.keepPromptEnd(last);
        return last;
      }
    },
  };
}

/** How many tokens the next pass has, from the time that the last ones took here. */
class PassLengths {
  next = FIRST_PASS;

  took(length: number, ms: number): void {
    if (length < SHORTEST_PASS) return;
    const fitting = (PASS_MS / ms) * length;
    const wanted = Math.min(LONGEST_PASS, Math.max(SHORTEST_PASS, 0.7 * this.next + 0.3 * fitting));
    // Rows are computed in whole groups (stableRows.ts), and an even length leaves none half filled.
    this.next = 2 * Math.round(wanted / 2);
  }
}
