// The work under way for requests, so that a pause ends it at once instead of only preventing more.

import { isAbortError } from '../../common/abort.js';

export interface Work {
  readonly isPaused: boolean;
  /** Runs a piece of work. Resolves to undefined where a pause prevents or ends it. */
  run<Result>(piece: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result | undefined>;
  pause(): void;
  resume(): void;
}

export function createWork(): Work {
  const running = new Set<AbortController>();
  let isPaused = false;
  return {
    get isPaused() {
      return isPaused;
    },
    async run(piece, signal) {
      if (isPaused) return undefined;
      // Not AbortSignal.any with a signal of the pause: one that lives long would keep every request's signal.
      const own = new AbortController();
      const forward = (): void => own.abort();
      if (signal.aborted) forward();
      signal.addEventListener('abort', forward, { once: true });
      running.add(own);
      try {
        return await piece(own.signal);
      } catch (error) {
        if (isAbortError(error) && !signal.aborted) return undefined;
        throw error;
      } finally {
        running.delete(own);
        signal.removeEventListener('abort', forward);
      }
    },
    pause() {
      isPaused = true;
      for (const controller of running) controller.abort();
    },
    resume() {
      isPaused = false;
    },
  };
}
