// Why nothing was suggested, in sentences for the status bar: silence is what users of completion complain of most.

import type { NoSuggestionReason } from './types.js';

const sentences: Readonly<Record<NoSuggestionReason, string>> = {
  disabled: 'Suggestions are switched off here.',
  insideWord: 'The cursor is inside a word.',
  insideLine: 'There is code to the right of the cursor; ask for a suggestion by hand to get one here.',
  afterDeletion: 'Suggestions wait until something is typed again after a deletion.',
  secretFile: 'This file may hold secrets, so it is never read.',
  tooLarge: 'The file is too large.',
  binary: 'The file is not a text.',
  nothingGenerated: 'The model would end the line here.',
  outOfTime: 'The time limit came before the suggestion; the next attempt goes on from there.',
  unfinished: 'The suggestion was too long to be finished, and no part of it could stand alone.',
  unbalanced: 'The suggestion would have left a bracket or a quote unbalanced.',
  tooShort: 'The suggestion was too short to be of use.',
  repeatsSuffix: 'The suggestion repeated what follows the cursor.',
  repeatsItself: 'The suggestion repeated itself.',
  looksSecret: 'The suggestion looked like a password or a key.',
  misspelt: 'The suggestion mixed scripts in a name, or misspelt one.',
  unlikely: 'No suggestion was likely enough.',
  unsure: 'The line would probably have been wrong, so its computation was stopped.',
  doesNotFitSelection: 'The suggestion did not continue the selected item of the list.',
  superseded: 'A newer request took over.',
  modelLoading: 'The model is still loading.',
  modelFailed: 'The model cannot answer.',
};

/** One sentence for the user. */
export function reasonSentence(reason: NoSuggestionReason): string {
  return sentences[reason];
}
