// `calibrate` for a model without a controller of its own: its probabilities and its holes, on what commits added, on data, or,
// without either, on the programs that come with Lacuna. What comes of it lies in the model's folder, where the editor and
// the command line find it. Stopped or killed, the same command goes on where it ended.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAbortError } from '../../common/abort.js';
import { InputError } from '../../common/inputError.js';
import { messageOf } from '../../common/messageOf.js';
import { replaceFile } from '../../common/replaceFile.js';
import { inEnglish } from '../../common/words.js';
import type { FilesOfItems } from '../../measure/contextFiles.js';
import type { EditItem } from '../../measure/editItem.js';
import {
  conformalCalibration,
  type Calibration,
  type CalibrationSource,
  type TrainedScore,
} from '../../partial/index.js';
import {
  calibrateModel,
  modelCalibrationWords,
  recordsFile,
  type ModelCalibration,
} from '../../setup/calibrateModel.js';
import { openCalibrationRecords, type CalibrationRecords } from '../../setup/calibrationRecords.js';
import { calibrationFile, nameInCalibrations, scoreFor } from '../../setup/holesData.js';
import { measureOwn, type Measured } from '../../setup/measureOwn.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import type { Recalibration } from '../../model/index.js';
import { interruptible } from '../terminal/interrupt.js';
import { withModel } from '../terminal/openModel.js';
import type { ModelChoice } from '../terminal/options.js';
import { startProgress } from '../terminal/progress.js';

export interface AddedCalibration {
  readonly probability: ModelCalibration;
  /** Undefined where only programs were there, whose lines stand for nobody's commits. */
  readonly holes: Calibration | undefined;
}

export interface LinesToMeasure {
  readonly items: readonly EditItem[];
  /** Other files of their repositories. */
  readonly files: FilesOfItems | undefined;
  readonly kind: Recalibration['source'];
  /** What the lines are, for the calibration of holes. */
  readonly sourceOf: (lines: number, repositories: number) => CalibrationSource;
}

export async function calibrateAdded(
  modelFolder: string,
  lines: LinesToMeasure,
  options: ModelChoice,
): Promise<AddedCalibration> {
  const model = await nameInCalibrations(modelFolder);
  const score = lines.kind === 'programs' ? undefined : await scoreFor(modelFolder);
  const records = await openCalibrationRecords(recordsFile(modelFolder), {
    model,
    branches: score !== undefined,
    otherFiles: lines.files !== undefined,
  });
  // Said before minutes of measuring whose outcome nobody could keep.
  if (records.problem !== undefined) throw new InputError(records.problem);
  try {
    const { judged, holes: evaluated } = await measured(lines, score, records, options);
    const probability = await calibrateModel(modelFolder, judged, lines.kind);
    if (probability.unkept !== undefined) throw new InputError(probability.unkept);
    const repositories = new Set(evaluated.map(({ repository }) => repository)).size;
    const source = lines.sourceOf(evaluated.length, repositories);
    const holes = score === undefined ? undefined : conformalCalibration(evaluated, model, source);
    // Too few lines leave what was there before, of holes too.
    if (holes !== undefined && probability.found.kind === 'fitted') await writeHoles(modelFolder, holes);
    await records.remove();
    return { probability, holes };
  } finally {
    await records.close();
  }
}

async function writeHoles(modelFolder: string, holes: Calibration): Promise<void> {
  const file = calibrationFile(modelFolder);
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, `${JSON.stringify(holes)}\n`);
  } catch (error) {
    throw new InputError(`The calibration of holes could not be written: ${messageOf(error)}.`);
  }
}

async function measured(
  { items, files }: LinesToMeasure,
  score: TrainedScore | undefined,
  records: CalibrationRecords,
  options: ModelChoice,
): Promise<Measured> {
  const syntax = measuringSyntax();
  const progress = startProgress(items.length);
  try {
    return await interruptible((signal) =>
      withModel(options, (model) =>
        measureOwn(items, { model, score, syntax, files, records, advance: () => progress.advance() }, signal),
      ),
    );
  } catch (error) {
    if (isAbortError(error)) throw new InputError('Stopped; the same command goes on where this one ended.');
    throw error;
  } finally {
    progress.end();
    syntax.dispose();
  }
}

/** The figures of the probability, for --json. */
export function reportProbability({ found, day }: ModelCalibration, source: Recalibration['source']): object {
  const { lines, right, effectiveLines } = found;
  const counts = { calibrated: found.kind === 'fitted', lines, right, effectiveLines, source };
  if (found.kind === 'tooFew') return { ...counts, needed: found.needed };
  const { estimate, slope, offset, thresholds } = found;
  return { ...counts, estimate, slope, offset, thresholds, date: day };
}

export function describeProbability(calibration: ModelCalibration): string {
  return inEnglish(modelCalibrationWords(calibration));
}
