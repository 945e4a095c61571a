// Something is made of a model, with a bar where somebody looks.

import { isAbortError } from '../../common/abort.js';
import { InputError } from '../../common/inputError.js';
import { interruptible } from '../terminal/interrupt.js';
import { startProgress } from '../terminal/progress.js';

/** Steps of the bar. */
const STEPS = 1000;

/**
 * @param make told of what is done, of how much, by calling `tell`
 * @param stopped the sentence for whoever interrupts it
 */
export async function makeWithBar<Made>(
  make: (tell: (done: number, total: number) => void, signal: AbortSignal) => Promise<Made>,
  stopped: string,
): Promise<Made> {
  const progress = startProgress(STEPS);
  let shown = 0;
  const tell = (done: number, total: number): void => {
    for (const wanted = Math.floor((STEPS * done) / total); shown < wanted; shown++) progress.advance();
  };
  try {
    return await interruptible((signal) => make(tell, signal));
  } catch (error) {
    if (isAbortError(error)) throw new InputError(stopped);
    throw error;
  } finally {
    progress.end();
  }
}
