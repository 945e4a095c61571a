// Waiting with a bound: by a signal, or by the clock that the room is given.

import { abortError } from '../common/abort.js';
import type { CompleterOptions } from './types.js';

/** Waits for a promise, or rejects with AbortError as soon as the signal is aborted. */
export function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError());
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Waits for a promise, but not longer than so many milliseconds: then it is `late`. */
export async function atMost<T>(
  promise: Promise<T>,
  ms: number,
  sleep: CompleterOptions['sleep'],
  signal: AbortSignal,
): Promise<T | 'late'> {
  const answered = new AbortController();
  const late = sleep(ms, AbortSignal.any([signal, answered.signal])).then(() => 'late' as const);
  // Ending the sleep below rejects it when nobody waits for it any longer.
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    answered.abort();
  }
}
