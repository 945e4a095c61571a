// When a resolution counts as certain: it is preferred among the quick fixes, and taken when all that is certain is.

import type { Resolution } from '../merge/index.js';

/** @param threshold the user's setting */
export function isCertain({ confidence, parses }: Resolution, threshold: number): boolean {
  return confidence >= threshold && parses !== false;
}
