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

const line = trained.signals.indexOf('lineLogProbability');
/** By what signals.ts divides that signal. */
const SCALE = 4;

/** The same by the product of the line's token probabilities alone. */
export function productLogit(signals: ArrayLike<number>): number {
  return logOddsOf(SCALE * signals[line]!);
}

/** Log-odds that are nearer to 0 than those of one in ten thousand. @param logProbability natural logarithm, 0 at most */
export function logOddsOf(logProbability: number): number {
  const [least, most] = [Math.log(1e-4), Math.log(1 - 1e-4)];
  const within = Math.min(most, Math.max(least, logProbability));
  return within - Math.log(-Math.expm1(within));
}
