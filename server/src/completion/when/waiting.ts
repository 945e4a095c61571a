// Waiting with a bound, by the clock that the room is given.

import type { CompleterOptions } from '../types.js';

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
