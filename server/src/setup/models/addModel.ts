// Makes a model of a GGUF file, in the user's folder of models.

import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { InputError } from '../../common/inputError.js';
import { words } from '../../common/words.js';
import { convertInThreads, standardRecipe, type Converted } from '../../convert/index.js';
import { findInstallation } from '../installation.js';
import { adoptCalibration } from './knownCalibrations.js';
import { isName, modelsFolder } from './modelsFolder.js';

export interface Adding {
  /** The GGUF file. */
  readonly file: string;
  /** What to call the model; made from the file's name where nothing is said. */
  readonly name?: string;
  /** What the file is called in sentences, where its own name says nothing. */
  readonly fileName?: string;
}

export interface Added extends Converted {
  readonly name: string;
  /** Whether its probabilities are calibrated from the start. */
  readonly calibrated: boolean;
}

/**
 * @param tell told how much is done, of how much
 * @throws InputError, ConversionError with one sentence; AbortError, and the same call goes on later
 */
export async function addModel(
  { file, name, fileName }: Adding,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Added> {
  const { convertWorkerFile, modelFolder, calibratedFolder } = findInstallation();
  const called = name ?? nameFor(fileName ?? basename(file));
  if (!isName(called)) {
    throw new InputError(
      words('{0} is no name of a model: it has letters, digits, dots, dashes and underscores, at most 64.', called),
    );
  }
  if (called === basename(modelFolder))
    throw new InputError(words('There is a model named {0} already; choose another name, or remove it first.', called));
  if (!existsSync(convertWorkerFile)) throw new InputError(words('{0} is missing; run npm run build.', convertWorkerFile));
  const conversion = {
    file: resolve(file),
    folder: modelsFolder(),
    name: called,
    recipe: standardRecipe,
    ...(fileName === undefined ? {} : { fileName }),
  };
  const converted = await convertInThreads(conversion, convertWorkerFile, tell, signal);
  // It works without, so a disk that is full now is no reason to say that nothing was made.
  const calibrated = await adoptCalibration(converted.folder, calibratedFolder).catch(() => false);
  return { name: called, calibrated, ...converted };
}

/** A name from that of a file, without its ending. */
export function nameFor(fileName: string): string {
  const name = fileName
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);
  return name === '' ? 'model' : name;
}
