// What a person can get wrong.

import { SaidError } from './saidError.js';
import { asIs, type Words } from './words.js';

/** Wrong use or bad input; the message is one sentence for the user. In words where a client of the server may be told. */
export class InputError extends SaidError {
  override readonly name = 'InputError';

  constructor(message: string | Words) {
    super(typeof message === 'string' ? asIs(message) : message);
  }
}
