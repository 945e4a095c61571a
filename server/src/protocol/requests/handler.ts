// What every request of a client is answered by: its method, how it is answered, and what is said where that fails.

import { words, type Words } from '../../common/words.js';
import type { Say } from '../state/language.js';
import type { ServerState } from '../state/state.js';

/** Declared as methods, so that handlers stand in one list; each of them is exact about its own types. */
export interface Handler<Params, Result> {
  readonly method: string;
  /** What is answered when the work fails. */
  empty(params: Params, say: Say): Result;
  run(state: ServerState, params: Params, signal: AbortSignal): Promise<Result>;
}

/** What our own client is told where a request fails that is answered in words. */
export function failed(_params: unknown, say: Say): { readonly kind: 'none'; readonly sentence: string } {
  return none(say, words('Lacuna could not answer; its log says more.'));
}

/** The answer where there is none, and why. */
export function none(say: Say, sentence: Words): { readonly kind: 'none'; readonly sentence: string } {
  return { kind: 'none', sentence: say(sentence) };
}
