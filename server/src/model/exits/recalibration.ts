// recalibration.json in a model's folder: what turns the log-odds of the general controller, or of the plain product, into probabilities that are right
// as often as they say, for this one model. It was measured on lines that the model wrote (setup/), on this machine or, for some
// models, beforehand; without it the model is not calibrated.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { generalMark } from './general.js';

const FORMAT = 1;

export const RECALIBRATION_FILE = 'recalibration.json';

const share = z.number().min(0).max(1);
const thresholds = z.object({ shown: share, earlyStopBelow: share });

const schema = z.object({
  format: z.literal(FORMAT),
  /** SHA-256 of the model.json that it was measured with, and the mark of the general controller. */
  model: z.string(),
  controller: z.string(),
  /** What tells right lines better, once calibrated: the general controller, or the product of the tokens' probabilities. */
  estimate: z.enum(['controller', 'product']).default('controller'),
  /** Its log-odds -> slope * log-odds + offset (Platt). */
  slope: z.number().positive(),
  offset: z.number(),
  thresholds: z.object({ eager: thresholds, balanced: thresholds, quiet: thresholds }),
  /** Lines that were written, how many of them were right, and as how many independent ones they count. */
  lines: z.number().int().positive(),
  right: z.number().int().nonnegative(),
  effectiveLines: z.number().positive(),
  /** The user's own commits, the programs that come with Lacuna, files of data, or what was measured before the model was added. */
  source: z.enum(['commits', 'programs', 'data', 'training']),
  /** The day, as 2026-11-30. */
  date: z.string(),
});

export type Recalibration = z.infer<typeof schema>;

/** What a recalibration is made for: it holds for nothing else. */
export async function recalibrationTarget(
  folder: string,
): Promise<Pick<Recalibration, 'format' | 'model' | 'controller'>> {
  const manifest = await readFile(join(folder, 'model.json'));
  return { format: FORMAT, model: createHash('sha256').update(manifest).digest('hex'), controller: generalMark };
}

/** Undefined where there is none, or one that does not fit: a model with a wrong one would be sure of what it is not. */
export async function readRecalibration(folder: string): Promise<Recalibration | undefined> {
  try {
    const found = schema.parse(JSON.parse(await readFile(join(folder, RECALIBRATION_FILE), 'utf8')));
    const target = await recalibrationTarget(folder);
    return found.model === target.model && found.controller === target.controller ? found : undefined;
  } catch {
    return undefined;
  }
}
