// The loop that all evaluations share: one item after the other, with progress. Hours of work are not lost to one item
// that fails, nor to an interrupt: what was evaluated is reported.

import { isAbortError } from '../../common/abort.js';
import { interruptible } from '../terminal/interrupt.js';
import { startProgress } from '../terminal/progress.js';

/** After so many failures in a row there is no model to go on with. */
const LAST_FAILURE = 5;

export interface Evaluated<R> {
  readonly results: readonly R[];
  /** Items that the model could not answer; they are in no figure. */
  readonly failed: number;
}

/** Evaluates items in order. @throws the last error when several items in a row fail */
export async function evaluateAll<T, R>(
  items: readonly T[],
  evaluate: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<Evaluated<R>> {
  const results: R[] = [];
  let failed = 0;
  let inARow = 0;
  const progress = startProgress(items.length);
  await interruptible(async (signal) => {
    for (const item of items) {
      if (signal.aborted) break;
      try {
        results.push(await evaluate(item, signal));
        inARow = 0;
      } catch (error) {
        if (isAbortError(error)) break;
        failed++;
        if (++inARow >= LAST_FAILURE) throw error;
      }
      progress.advance();
    }
  }).finally(() => progress.end());
  const left = items.length - results.length - failed;
  if (failed > 0) console.error(`The model could not answer ${failed} of ${items.length} items.`);
  if (left > 0) console.error(`Interrupted: ${left} of ${items.length} items were not evaluated.`);
  return { results, failed };
}
