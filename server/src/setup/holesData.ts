// The trained score and the calibration that lie in a model's folder; a user's own calibration takes the latter's place.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import {
  type BlockCalibration,
  blockCalibrationSchema,
  type Calibration,
  calibrationSchema,
  isCurrent,
  MOST_LEAVES,
  type TrainedScore,
} from '../partial/index.js';
import { InputError } from '../common/inputError.js';
import { hasOwnController } from './calibrateModel.js';
import { findInstallation } from './installation.js';
import { words } from '../common/words.js';

const boostedTrees = z.object({
  features: z.array(z.string()),
  trees: z.array(
    z.object({
      feature: z.array(z.number()),
      threshold: z.array(z.union([z.number(), z.array(z.number())])),
      left: z.array(z.number()),
      right: z.array(z.number()),
      value: z.array(z.number()).min(1).max(MOST_LEAVES),
    }),
  ),
});
const numbers = z.array(z.number()).min(1);
const networks = z.object({
  numbers: z.object({ places: numbers, means: numbers, deviations: numbers }),
  members: z
    .array(
      z.object({
        kinds: z.array(z.object({ place: z.number(), vectors: z.array(numbers).min(1) })),
        layers: z.array(z.object({ weights: z.array(numbers).min(1), bias: numbers })).min(1),
      }),
    )
    .min(1),
});
const trainedScore = z.object({
  parts: boostedTrees,
  programs: boostedTrees.extend({ networks: networks.optional() }),
});

/** The trained score of a model; undefined where it has none, or one of another version. */
async function readScore(modelFolder: string): Promise<TrainedScore | undefined> {
  const score = await readJson(join(modelFolder, 'holes', 'score.json'), trainedScore);
  return score !== undefined && isCurrent(score) ? score : undefined;
}

/**
 * The score that holes of a model are chosen by. One that has no controller of its own borrows that of the model that ships:
 * it reads probabilities and text, and what it is worth with another model, that model's calibration says.
 */
export async function scoreFor(modelFolder: string): Promise<TrainedScore | undefined> {
  const own = await readScore(modelFolder);
  return own ?? (hasOwnController(modelFolder) ? undefined : readScore(findInstallation().modelFolder));
}

/**
 * The name of a model in calibrations of holes. Names of models that were added are given again, so a mark of the weights
 * stands behind.
 */
export async function nameInCalibrations(modelFolder: string): Promise<string> {
  return hasOwnController(modelFolder) ? basename(modelFolder) : markedName(modelFolder);
}

/** The name of a model in calibrations of blocks, which no other weights may use. */
export async function markedName(modelFolder: string): Promise<string> {
  const manifest = await readFile(join(modelFolder, 'model.json')).catch(() => '');
  return `${basename(modelFolder)} ${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`;
}

/**
 * The calibration of blocks with holes; undefined where there is none, or it was measured with other weights.
 * @param file in place of the one of the model's folder
 * @throws InputError where it does not fit
 */
export async function readBlockCalibration(modelFolder: string, file?: string): Promise<BlockCalibration | undefined> {
  const calibration = await readJson(file ?? join(modelFolder, 'holes', 'blocks.json'), blockCalibrationSchema);
  if (calibration === undefined) {
    if (file === undefined) return undefined;
    throw new InputError(words('{0} cannot be read: there is no such file.', file));
  }
  return calibration.model === (await markedName(modelFolder)) ? calibration : undefined;
}

/** Where the calibration of holes that belongs to a model lies, if it has one. */
export function calibrationFile(modelFolder: string): string {
  return join(modelFolder, 'holes', 'calibration.json');
}

/**
 * @param file the user's own; without it the one of the model's folder
 * @throws InputError where there is none, or it does not fit
 */
export async function readCalibration(modelFolder: string, file: string | undefined): Promise<Calibration> {
  const path = file ?? calibrationFile(modelFolder);
  const calibration = await readJson(path, calibrationSchema);
  if (calibration !== undefined) return calibration;
  if (file === undefined && !hasOwnController(modelFolder))
    throw new InputError(
      words('Holes of {0} were not measured; lacuna calibrate REPOSITORY --model {0} does it.', basename(modelFolder)),
    );
  throw new InputError(words('{0} cannot be read: there is no such file.', path));
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(words('{0} cannot be read.', path));
  }
  try {
    const result = schema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
  } catch {
    // Said below: what is no JSON does not fit either.
  }
  throw new InputError(words('{0} is not a file that this version can use.', path));
}
