// What a filter of generated texts is: it gives back the text, perhaps changed, or says why it must not be shown.

import type { Place } from '../place/place.js';
import type { CompletionRequest, NoSuggestionReason } from '../types.js';

export interface FilterContext {
  readonly place: Place;
  readonly trigger: CompletionRequest['trigger'];
  /** The text is what is left of a suggestion that the user types along. */
  readonly isTypedAlong: boolean;
}

export interface Dropped {
  readonly dropped: NoSuggestionReason;
}

/** @param text replaces nothing and goes to the cursor; line ends are \n */
export type Filter = (text: string, context: FilterContext) => string | Dropped;
