// Calibrates what says how likely lines of one model are right: the lines that a user's commits added, or else lines of the programs that
// come with Lacuna. What comes of it lies in the model's folder.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../common/messageOf.js';
import { replaceFile } from '../common/replaceFile.js';
import { joined, words, type Words } from '../common/words.js';
import { RECALIBRATION_FILE, recalibrationTarget, type Recalibration } from '../model/index.js';
import { recalibrate, type FittedOrReason, type JudgedLine } from '../measure/recalibrate.js';

/** Whether a model has a controller that was trained for it: there is nothing to calibrate then. */
export function hasOwnController(modelFolder: string): boolean {
  return existsSync(join(modelFolder, 'exits', 'exits.json'));
}

/** Lines that were written for a calibration that was stopped. */
export const recordsFile = (modelFolder: string): string => join(modelFolder, 'calibration-lines.jsonl');

export interface ModelCalibration {
  readonly found: FittedOrReason;
  readonly day: string;
  /** Why it could not be kept; undefined where it was, or there was nothing to keep. */
  readonly unkept: Words | undefined;
}

/** Writes what was measured into the model's folder; where the lines are too few, what was there before stays. */
export async function calibrateModel(
  modelFolder: string,
  judged: readonly JudgedLine[],
  source: Recalibration['source'],
): Promise<ModelCalibration> {
  const found = recalibrate(judged);
  const day = new Date().toISOString().slice(0, 10);
  if (found.kind === 'tooFew') return { found, day, unkept: undefined };
  const { estimate, slope, offset, thresholds, lines, right, effectiveLines } = found;
  const recalibration: Recalibration = {
    ...(await recalibrationTarget(modelFolder)),
    ...{ estimate, slope, offset, thresholds, lines, right, effectiveLines, source },
    date: day,
  };
  try {
    await replaceFile(join(modelFolder, RECALIBRATION_FILE), `${JSON.stringify(recalibration)}\n`);
    return { found, day, unkept: undefined };
  } catch (error) {
    return {
      found,
      day,
      unkept: words(
        'The calibration could not be written: {0}. The lines that were measured stay for the next one, as far as they could be written.',
        messageOf(error),
      ),
    };
  }
}

/** What came of it, for the user. */
export function modelCalibrationWords({ found, unkept }: ModelCalibration): Words {
  const { lines, right } = found;
  const effective = Math.round(found.effectiveLines);
  const counts = words(
    '{0} lines were measured, {1} of them right; they count as {2} independent ones.',
    lines,
    right,
    effective,
  );
  if (found.kind === 'tooFew') {
    const { needed, neededOfEach } = found;
    return joined(
      [
        counts,
        words(
          'That is too few: it takes {0}, with {1} right and {1} wrong lines at least. The probabilities stay as they were.',
          needed,
          neededOfEach,
        ),
      ],
      ' ',
    );
  }
  return joined([counts, unkept ?? words('The probabilities of this model are calibrated from now on.')], ' ');
}
