// A file that cannot be made into a model, or a place where it cannot be put.

import { SaidError } from '../common/saidError.js';
import type { Words } from '../common/words.js';

/** The message is one sentence for the user. */
export class ConversionError extends SaidError {
  override readonly name = 'ConversionError';

  /** @param isPassing whether the same call may go on later, with what an earlier one finished */
  constructor(
    said: Words,
    readonly isPassing = false,
  ) {
    super(said);
  }
}
