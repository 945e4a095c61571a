// A sentence for every reason for which nothing is resolved.

import type { BrokenReason, NoResolutionReason, Refusal } from '../types.js';

const noResolution: Readonly<Record<NoResolutionReason, string>> = {
  tooLarge: 'The conflict is too large to be answered.',
  binary: 'The file is not text.',
  rankerFailed: 'The answers could not be weighed.',
};

const broken: Readonly<Record<BrokenReason, string>> = {
  noSeparator: 'The conflict has no separator between its sides, so it is left alone.',
  noEnd: 'The conflict has no end marker, so it is left alone.',
  severalSeparators:
    'The conflict has more than one separator, so where its sides end is not certain; it is left alone.',
  nested: 'The conflict holds another conflict, which has to be resolved first.',
  strayMarker: 'The marker belongs to no conflict, so it is left alone.',
};

/** Where there is no reason, there is just no candidate. */
export const noResolutionSentence = (reason: NoResolutionReason | undefined): string =>
  reason === undefined ? 'There is no resolution.' : noResolution[reason];

export const brokenSentence = (reason: BrokenReason): string => broken[reason];

const refusals: Readonly<Record<Refusal, string>> = {
  baseUnknown: 'the version from which both sides came is not known',
  tooDifferent: 'the versions are too long or too different to be compared word by word',
  unchecked: 'its syntax could not be checked',
  droppedEdit: 'something that a side changed is not in it',
  droppedSpace: 'white space that a side changed is not as that side has it',
  spaceAlone: 'a side changed nothing but white space, and whether that is kept is decided either way',
  inventedLine: 'it puts words together that neither side has together',
  doubledLine: 'a line stands in it more often than in either side',
  markers: 'it holds lines that look like conflict markers',
  syntaxError: 'it leaves a syntax error that one of the sides has not',
  renamedName: 'it uses a name that a side has renamed',
};

/** Why an answer is never taken without asking. */
export const refusalSentence = (refusal: Refusal): string => `It is not taken without asking: ${refusals[refusal]}.`;
