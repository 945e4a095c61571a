// The model writes whole lines and does not see the rest of the cursor's line, which is mostly brackets that the editor
// closed by itself. Here the two are brought together: what the suggestion closes too is replaced rather than doubled.

import type { Place } from '../place/place.js';
import { fitOnce } from './fit.js';
import type { FittedText } from './types.js';

export type { FittedText };

/** Brackets, quotes and punctuation that end things, an opening brace after them, or a closing tag. */
const closing = /^[\s)\]}"'`;,:>]*(\/>|<\/[\w.:-]*>|[?%]>|%\}|\*\/|-->)?[\s)\]}"'`;,:>#]*(=>\s*)?\{?[\s)\]};,]*$/;

/** Longer rests are code, and would take the expression long. */
const LONGEST_CLOSING = 80;

/** A fitted text that is fitted again may be cut further; more often than so it is not tried. */
const MOST_ROUNDS = 8;

/** Whether the rest of a line only closes what was opened before, so that a suggestion in front of it makes sense. */
export function isClosing(rest: string): boolean {
  return rest.trim() === '' || (rest.length <= LONGEST_CLOSING && closing.test(rest));
}

/** Fits a generated text in front of the rest of the line. Fitting twice changes nothing. */
export function fitRest(text: string, place: Place): FittedText {
  let fitted = fitOnce(text, place);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const again = fitOnce(fitted.text, place);
    if (again.text === fitted.text) return again;
    fitted = again;
  }
  return fitted;
}
