// Why nothing was suggested, in sentences for the status bar: silence is what users of completion complain of most.

import { words, type Words } from '../common/words.js';
import type { NoSuggestionReason } from './types.js';

const sentences: Readonly<Record<NoSuggestionReason, Words>> = {
  disabled: words('Suggestions are switched off here.'),
  insideWord: words('The cursor is inside a word.'),
  insideLine: words('There is code to the right of the cursor; ask for a suggestion by hand to get one here.'),
  afterDeletion: words('Suggestions wait until something is typed again after a deletion.'),
  commentsOff: words('Suggestions in comments are switched off.'),
  commentsByHand: words('In comments, suggestions come when you ask for one by hand.'),
  stringsOff: words('Suggestions in strings are switched off.'),
  stringsByHand: words('In strings, suggestions come when you ask for one by hand.'),
  secretFile: words('This file may hold secrets, so it is never read.'),
  tooLarge: words('The file is too large.'),
  binary: words('The file is not a text.'),
  nothingGenerated: words('The model would end the line here.'),
  outOfTime: words('The time limit came before the suggestion; the next attempt goes on from there.'),
  unfinished: words('The suggestion was too long to be finished, and no part of it could stand alone.'),
  unbalanced: words('The suggestion would have left a bracket or a quote unbalanced.'),
  tooShort: words('The suggestion was too short to be of use.'),
  repeatsSuffix: words('The suggestion repeated what follows the cursor.'),
  joinsWords: words('The suggestion would have run into the word behind the cursor.'),
  repeatsItself: words('The suggestion repeated itself.'),
  looksSecret: words('The suggestion looked like a password or a key.'),
  invisibleSigns: words('The suggestion held signs that nobody sees, and that make code look like other code.'),
  misspelt: words('The suggestion mixed scripts in a name, or misspelt one.'),
  unlikely: words('No suggestion was likely enough.'),
  unsure: words('The line would probably have been wrong, so its computation was stopped.'),
  doesNotFitSelection: words('The suggestion did not continue the selected item of the list.'),
  superseded: words('A newer request took over.'),
  modelLoading: words('The model is still loading.'),
  modelFailed: words('The model cannot answer.'),
};

/** One sentence for the user. */
export function reasonSentence(reason: NoSuggestionReason): Words {
  return sentences[reason];
}
