// exits/exits.json: what a model folder holds beside the model itself, trained for it later: exits, a draft layer, and
// the controller with its recalibration. A folder without it works, with every layer computed and nothing stopped early.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fileName, fitTo, ModelFolderError, parseJson, verifyFile, type Manifest } from '../manifest.js';
import { signalCount } from './signals.js';
import { trainedNames } from '../../common/trainedNames.js';
import { words } from '../../common/words.js';

const FORMAT = 1;

/** log-odds -> slope * log-odds + offset, for each language (signals.ts), the last one for all others. */
const line = z.object({ slope: z.number(), offset: z.number() });
const share = z.number().min(0).max(1);

const thresholds = z
  .object({ shown: share, [trainedNames.earlyStopBelow]: share })
  .transform(({ shown, [trainedNames.earlyStopBelow]: earlyStopBelow }) => ({ shown, earlyStopBelow }));

const recalibrationSchema = z.object({
  languages: z.array(line).min(1),
  /**
   * Thresholds of the probability that a line is right, for each word of the setting: at a line's end and before it. That
   * of `balanced` keeps 95 of 100 right lines of the calibration data.
   */
  thresholds: z.object({ eager: thresholds, balanced: thresholds, quiet: thresholds }),
  n: z.number().int().positive(),
  data: z.string(),
});

const certificateSchema = z.object({
  /** Log-odds from which a token may exit; null where none may. */
  thresholds: z.array(z.number().nullable()),
  /** With confidence 1 - delta, at most so large a share of lines is lost against the full model. */
  loss: share,
  delta: share,
  /** The bound that the chosen thresholds really reach. */
  bound: share,
  n: z.number().int().positive(),
  lost: z.number().int().nonnegative(),
  layersPerToken: z.number(),
  data: z.string(),
});

const exitsSchema = z
  .object({
    format: z.literal(FORMAT),
    /** SHA-256 of the model.json that all this was trained for. */
    model: z.string(),
    /** In the folder of the model, since it reads the model's weights. */
    shortlist: z.object({ file: fileName, tokens: z.number().int().positive() }),
    exits: z.array(z.object({ layer: z.number().int().positive(), file: fileName })),
    draft: z.object({ file: fileName }),
    /** Missing while the controller is not trained yet. */
    [trainedNames.estimator]: z
      .object({
        controller: z.object({ file: fileName, signals: z.number().int().positive() }),
        calibration: recalibrationSchema,
        certificate: certificateSchema,
      })
      .optional(),
    files: z.record(fileName, z.object({ bytes: z.number().int().positive(), sha256: z.string() })),
  })
  .transform(({ [trainedNames.estimator]: estimator, ...exits }) => ({ ...exits, estimator }));

export type ExitsManifest = z.infer<typeof exitsSchema>;
export type EstimatorManifest = NonNullable<ExitsManifest['estimator']>;

export const EXITS_FOLDER = 'exits';

/**
 * Reads and checks exits.json and the files that it names; undefined where the folder has none.
 * @throws ModelFolderError with one sentence
 */
export async function readExitsManifest(folder: string, manifest: Manifest): Promise<ExitsManifest | undefined> {
  const path = join(folder, EXITS_FOLDER, 'exits.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new ModelFolderError(words('{0} cannot be read.', path));
  });
  if (text === undefined) return undefined;
  const exits = fitTo(exitsSchema, parseJson(text, path), path);
  const model = createHash('sha256')
    .update(await readFile(join(folder, 'model.json')))
    .digest('hex');
  if (exits.model !== model) throw new ModelFolderError(words('{0} was made for another model.json.', path));
  const layers = manifest.segments.slice(0, -1).map(({ to }) => to);
  const misfit = exits.exits.find(({ layer }) => !layers.includes(layer));
  if (misfit !== undefined)
    throw new ModelFolderError(words('{0} has an exit after layer {1}, where no segment ends.', path, misfit.layer));
  const { estimator } = exits;
  const count = exits.exits.length;
  const fits =
    estimator === undefined ||
    (estimator.certificate.thresholds.length === count && estimator.controller.signals === signalCount(count + 1));
  if (!fits) throw new ModelFolderError(words('{0} does not fit its exits.', path));
  for (const [file, expected] of Object.entries(exits.files))
    await verifyFile(join(folder, file === exits.shortlist.file ? '' : EXITS_FOLDER, file), expected, 'exits.json');
  return exits;
}
