// When an answer may be taken without asking.

import type { Resolution, ResolutionResult } from './types.js';

/** From this confidence on an answer counts as certain, unless the user says otherwise. */
export const CERTAIN = 0.9;

/** The first answer where it is certain enough and leaves no syntax error. */
export function certainResolution({ resolutions }: ResolutionResult, minimum = CERTAIN): Resolution | undefined {
  const [first] = resolutions;
  return first !== undefined && first.confidence >= minimum && first.parses !== false ? first : undefined;
}
