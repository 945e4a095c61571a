// What was measured beforehand of models that many have (models/calibrated): a model that is made of such a file is calibrated
// from the start. A calibration holds for the weights that it was measured with: those of one source file, rounded in one way.

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { replaceFile } from '../../common/replaceFile.js';
import { RECALIBRATION_FILE, recalibrationTarget } from '../../model/index.js';
import { calibrationFile, nameInCalibrations, readCalibration } from '../holesData.js';

/** Of a folder below models/calibrated, and of model.json. */
const MADE_OF = 'madeOf.json';
const madeOf = z.object({ source: z.object({ sha256: z.string() }), quantisation: z.record(z.string(), z.unknown()) });

/**
 * Gives a model what was measured of its weights; nothing where nobody measured them, or the user did.
 * @param known the folder of all that were measured
 * @returns whether its probabilities are calibrated now
 */
export async function adoptCalibration(modelFolder: string, known: string): Promise<boolean> {
  const own = join(modelFolder, RECALIBRATION_FILE);
  if (existsSync(own)) return true;
  const folder = await measuredFor(modelFolder, known);
  if (folder === undefined) return false;
  const target = await recalibrationTarget(modelFolder);
  const measured = JSON.parse(await readFile(join(folder, RECALIBRATION_FILE), 'utf8')) as { controller: string };
  // Another controller means other numbers.
  if (measured.controller !== target.controller) return false;
  const holes = await readCalibration(folder, undefined);
  const file = calibrationFile(modelFolder);
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, `${JSON.stringify({ ...holes, model: await nameInCalibrations(modelFolder) })}\n`);
  await replaceFile(own, `${JSON.stringify({ ...measured, ...target, source: 'training' })}\n`);
  return true;
}

/** The folder with what was measured of a model's weights. */
async function measuredFor(modelFolder: string, known: string): Promise<string | undefined> {
  const read = async (file: string) => madeOf.parse(JSON.parse(await readFile(file, 'utf8')));
  const own = await read(join(modelFolder, 'model.json'));
  for (const name of await readdir(known).catch(() => [] as string[])) {
    if (isDeepStrictEqual(await read(join(known, name, MADE_OF)), own)) return join(known, name);
  }
  return undefined;
}
