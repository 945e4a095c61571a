// A sentence for every reason for which nothing is resolved.

import { words, type Words } from '../../common/words.js';
import type { BrokenReason, LockFile, NoResolutionReason, Refusal } from '../types.js';

const noResolution: Readonly<Record<Exclude<NoResolutionReason, LockFile>, Words>> = {
  tooLarge: words('The conflict is too large to be answered.'),
  binary: words('The file is not text.'),
  pointer: words(
    'Git LFS keeps this file, and its lines belong together: `git checkout --ours` or `--theirs` chooses one side.',
  ),
  rankerFailed: words('The answers could not be weighed.'),
};

const broken: Readonly<Record<BrokenReason, Words>> = {
  noSeparator: words('The conflict has no separator between its sides, so it is left alone.'),
  noEnd: words('The conflict has no end marker, so it is left alone.'),
  severalSeparators: words(
    'The conflict has more than one separator, so where its sides end is not certain; it is left alone.',
  ),
  nested: words('The conflict holds another conflict, which has to be resolved first.'),
  strayMarker: words('The marker belongs to no conflict, so it is left alone.'),
};

/** Where there is no reason, there is just no candidate. */
export function noResolutionSentence(reason: NoResolutionReason | undefined): Words {
  if (reason === undefined) return words('There is no resolution.');
  return typeof reason === 'string' ? noResolution[reason] : lockFileSentence(reason);
}

const lockFileSentence = ({ name, command }: LockFile): Words =>
  words(
    '{0} is written by a tool and is not guessed: merge what it is made from, take either side here, and run “{1}”.',
    name,
    command,
  );

export const brokenSentence = (reason: BrokenReason): Words => broken[reason];

const refusals: Readonly<Record<Refusal, Words>> = {
  baseUnknown: words('the version from which both sides came is not known'),
  tooDifferent: words('the versions are too long or too different to be compared word by word'),
  unchecked: words('its syntax could not be checked'),
  droppedEdit: words('something that a side changed is not in it'),
  droppedSpace: words('white space that a side changed is not as that side has it'),
  spaceAlone: words('a side changed nothing but white space, and whether that is kept is decided either way'),
  inventedLine: words('it puts words together that neither side has together'),
  doubledLine: words('a line stands in it more often than in either side'),
  definedTwice: words('it defines a name twice, as each side does in its own way'),
  mixedSentence: words('a sentence in it is put together from both sides'),
  markers: words('it holds lines that look like conflict markers'),
  syntaxError: words('it leaves a syntax error that one of the sides has not'),
  renamedName: words('it uses a name that a side has renamed'),
  renamedElsewhere: words('names in it are not as the side wrote them that wrote the lines'),
  changedSignature: words('it calls a function with arguments that it no longer takes'),
  lostName: words('it uses a name that a side has taken out'),
};

/** Why an answer is never taken without asking, as a phrase that stands behind a colon. */
export const refusalPhrase = (refusal: Refusal): Words => refusals[refusal];

/** The same as a sentence. */
export const refusalSentence = (refusal: Refusal): Words =>
  words('It is not taken without asking: {0}.', refusals[refusal]);
