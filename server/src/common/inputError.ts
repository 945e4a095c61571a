// What a person can get wrong.

/** Wrong use or bad input; the message is one sentence for the user. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
