// The general controller: how likely a line is right, from the signals alone, for models that have no controller of their
// own. It learned from lines of the model that ships (models/build/exits/general.py). What it says of another model is a
// guess, until that model was measured (recalibration.ts).

import trained from '../../../../models/general/controller.json' with { type: 'json' };
import { sigmoid } from '../../common/sigmoid.js';
import type { CalibrationNote, Thresholds } from '../language.js';
import type { LineJudge } from './estimator.js';
import type { Recalibration } from './recalibration.js';

/** Names the controller; what was measured with another one does not hold. */
export const generalMark = trained.mark;

export interface GeneralController extends LineJudge {
  readonly thresholds: Thresholds;
  /** Undefined where the model was not measured. */
  readonly calibration: CalibrationNote | undefined;
}

/** @param layers of the model */
export function generalController(layers: number, measured: Recalibration | undefined): GeneralController {
  const { slope, offset, thresholds } = measured ?? { slope: 1, offset: 0, thresholds: trained.thresholds };
  return {
    layers: [layers],
    right: (_path, _hidden, signals) => Promise.resolve(sigmoid(slope * generalLogit(signals) + offset)),
    thresholds,
    calibration: measured && { lines: measured.lines, source: measured.source, date: measured.date },
  };
}

/** Log-odds that the line will be right, before any recalibration. @param signals that begin with the common ones */
export function generalLogit(signals: ArrayLike<number>): number {
  const { centres, scales, weights, bias } = trained;
  return weights.reduce((sum, weight, at) => sum + (weight * (signals[at]! - centres[at]!)) / scales[at]!, bias);
}
