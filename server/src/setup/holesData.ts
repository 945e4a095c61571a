// The trained score and the calibration that lie in a model's folder; a user's own calibration takes the latter's place.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Calibration, calibrationSchema, isCurrent, MOST_LEAVES, type TrainedScore } from '../partial/index.js';
import { InputError } from '../common/inputError.js';
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
export async function readScore(modelFolder: string): Promise<TrainedScore | undefined> {
  const score = await readJson(join(modelFolder, 'holes', 'score.json'), trainedScore);
  return score !== undefined && isCurrent(score) ? score : undefined;
}

/**
 * @param file the user's own; without it the one of the model's folder
 * @throws InputError where there is none, or it does not fit
 */
export async function readCalibration(modelFolder: string, file: string | undefined): Promise<Calibration> {
  const path = file ?? join(modelFolder, 'holes', 'calibration.json');
  const calibration = await readJson(path, calibrationSchema);
  if (calibration === undefined) throw new InputError(words('{0} cannot be read: there is no such file.', path));
  return calibration;
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
