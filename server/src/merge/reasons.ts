// A sentence for every reason for which nothing is resolved.

import type { BrokenReason, NoResolutionReason } from './types.js';

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
