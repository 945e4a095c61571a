// Brings a cache to a prompt, in passes short enough for a cancel to be heard between them.

import { abortError } from '../../common/abort.js';
import type { Embed } from '../runtime/embedding.js';
import { neverExit } from './exitPolicy.js';
import { forward } from './forward.js';
import type { KvCache } from '../runtime/kvCache.js';
import type { Graphs } from '../runtime/session.js';
import { PADDING } from '../runtime/stableRows.js';

/**
 * A pass of a prompt should take so many milliseconds: between two passes a cancel is heard, and it shall be heard
 * within 150. Longer passes are cheaper a token, by 7 % from 48 to 128 tokens on two cores.
 */
const PASS_MS = 125;
const SHORTEST_PASS = 32;
const LONGEST_PASS = 256;

export interface PromptPass {
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

export function createPromptPass(graphs: Graphs, embed: Embed, width: number): PromptPass {
  /** Tokens of the next pass, from the time that the last ones took here. */
  let passLength = 48;
  return {
    async compute(cache, ids, deadline, cancelled) {
      cache.rewindTo(cache.reusableLength(ids));
      if (cache.length === ids.length) return cache.stateBehind(ids.length);
      cache.reserve(ids.length + 1 + PADDING);
      for (;;) {
        if (cancelled()) throw abortError();
        if (performance.now() > deadline) return undefined;
        const pass = ids.slice(cache.length, cache.length + passLength);
        const began = performance.now();
        const { hidden } = await forward(graphs, embed, cache, pass, neverExit);
        if (pass.length >= SHORTEST_PASS) {
          const fitting = (PASS_MS / (performance.now() - began)) * pass.length;
          const length = Math.min(LONGEST_PASS, Math.max(SHORTEST_PASS, 0.7 * passLength + 0.3 * fitting));
          // Rows are computed in whole groups (stableRows.ts), and an even length leaves none half filled.
          passLength = 2 * Math.round(length / 2);
        }
        if (cache.length < ids.length) continue;
        const last = hidden.slice(hidden.length - width);
        cache.keepPromptEnd(last);
        return last;
      }
    },
  };
}
