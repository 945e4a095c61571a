// The loop that all evaluations share: one item after the other, with progress; an interrupt ends it early.

import { isAbortError } from '../common/abort.js';
import { interruptible } from './interrupt.js';
import { startProgress } from './progress.js';

/** Judges items in order; after an interrupt, gives the results there are. */
export async function evaluateAll<T, R>(
  items: readonly T[],
  judge: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const progress = startProgress(items.length);
  try {
    await interruptible(async (signal) => {
      for (const item of items) {
        if (signal.aborted) break;
        results.push(await judge(item, signal));
        progress.advance();
      }
    });
  } catch (error) {
    if (!isAbortError(error)) throw error;
  } finally {
    progress.end();
  }
  if (results.length < items.length) {
    console.error(`Interrupted: this reports ${results.length} of ${items.length} items.`);
  }
  return results;
}
