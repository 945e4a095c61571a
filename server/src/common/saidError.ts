// Errors whose message is a sentence for the user, in words that can be translated.

import { messageOf } from './messageOf.js';
import { asIs, inEnglish, type Words } from './words.js';

/** The message is the same in English, for logs and for the command line. */
export class SaidError extends Error {
  constructor(readonly said: Words) {
    super(inEnglish(said));
  }
}

/** What an error says; whatever may have been thrown. */
export function wordsOf(error: unknown): Words {
  return error instanceof SaidError ? error.said : asIs(messageOf(error));
}
