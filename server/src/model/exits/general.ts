// What the general controller says of signals: how likely a line is right, without any hidden state. It learned from lines of
// the model that ships (models/build/exits/general.py). What it says of another model is a guess, until that model was
// measured (recalibration.ts).

import trained from '../../../../models/general/controller.json' with { type: 'json' };
import type { Thresholds } from '../language.js';

/** Names the controller; what was measured with another one does not hold. */
export const generalMark = trained.mark;

/** Of the lines that it learned from. */
export const generalThresholds: Thresholds = trained.thresholds;

/** Log-odds that the line will be right, before any recalibration. @param signals that begin with the common ones */
export function generalLogit(signals: ArrayLike<number>): number {
  const { centres, scales, weights, bias } = trained;
  return weights.reduce((sum, weight, at) => sum + (weight * (signals[at]! - centres[at]!)) / scales[at]!, bias);
}
