// The general controller for one model, with what was measured of it; for models that have no controller of their own.

import { sigmoid } from '../../common/sigmoid.js';
import type { CalibrationNote, Thresholds } from '../language.js';
import type { LineJudge } from './estimator.js';
import { generalLogit, generalThresholds, productLogit } from './general.js';
import type { Recalibration } from './recalibration.js';

export interface GeneralController extends LineJudge {
  readonly thresholds: Thresholds;
  /** Undefined where the model was not measured. */
  readonly calibration: CalibrationNote | undefined;
}

/** @param layers of the model */
export function generalController(layers: number, measured: Recalibration | undefined): GeneralController {
  const { slope, offset, thresholds } = measured ?? { slope: 1, offset: 0, thresholds: generalThresholds };
  const logitOf = measured?.estimate === 'product' ? productLogit : generalLogit;
  return {
    layers: [layers],
    right: (_path, _hidden, signals) => Promise.resolve(sigmoid(slope * logitOf(signals) + offset)),
    thresholds,
    calibration: measured && { lines: measured.lines, source: measured.source, date: measured.date },
  };
}
