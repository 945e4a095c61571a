// What every request of a client is answered by: its method, how it is answered, and what is said where that fails.

import type { ServerState } from '../state/state.js';

/** Declared as methods, so that handlers stand in one list; each of them is exact about its own types. */
export interface Handler<Params, Result> {
  readonly method: string;
  /** What is answered when the work fails. */
  empty(params: Params): Result;
  run(state: ServerState, params: Params, signal: AbortSignal): Promise<Result>;
}

/** What our own client is told where a request fails that is answered in words. */
export const failed = { kind: 'none', sentence: 'Lacuna could not answer; its log says more.' } as const;
