// When an answer may be taken without asking.

import type { Resolution, ResolutionResult } from '../types.js';

/** From this confidence on an answer counts as certain, unless the user says otherwise. */
export const CERTAIN = 0.9;

/** What structure alone settles: wherever it stands in the list, both sides' edits are in it, and there is no other way. */
export function settledResolution({ resolutions }: ResolutionResult): Resolution | undefined {
  return resolutions.find(({ settled, parses }) => settled !== undefined && parses !== false);
}

/** The first answer where it is certain enough, leaves no syntax error, and the gate has nothing against it. */
export function certainResolution({ resolutions }: ResolutionResult, minimum = CERTAIN): Resolution | undefined {
  const [first] = resolutions;
  if (first === undefined || first.confidence < minimum || first.parses === false) return undefined;
  return first.refusal === undefined ? first : undefined;
}
