// A file that cannot be made into a model, or a place where it cannot be put.

import { SaidError } from '../common/saidError.js';

/** The message is one sentence for the user. */
export class ConversionError extends SaidError {
  override readonly name = 'ConversionError';
}
