// The forms of models that prompts are read with (model/runtime/prefill.ts), in a folder beside the models that were added, so
// that windows and the command line share them and an update of the package keeps them.

import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { wordsOf } from '../../common/saidError.js';
import { words, type Words } from '../../common/words.js';
import { makePrefillInThread, type MadePrefill } from '../../convert/index.js';
import { checkPrefill, PREFILL_FILE, prefillTarget, readPrefill } from '../../model/index.js';
import type { ExaminationLine } from '../examine.js';
import { findInstallation } from '../installation.js';
import { installedModels, modelsFolder } from './modelsFolder.js';

/** Hidden, since it is no model. */
export function formsFolder(): string {
  return join(modelsFolder(), '.prefill');
}

/**
 * Makes the form of a model where there is none that is whole, or finds out that it would not pay on this machine.
 * @param tell told how much is done, of how much
 * @throws ConversionError with one sentence; AbortError
 */
export async function preparePrefill(
  modelFolder: string,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<MadePrefill & { readonly isNew: boolean }> {
  const found = await wholePrefill(modelFolder).catch(() => undefined);
  if (found !== undefined) return { ...found, isNew: false };
  const { convertWorkerFile } = findInstallation();
  const made = await makePrefillInThread({ modelFolder, forms: formsFolder() }, convertWorkerFile, tell, signal);
  await removeStale(modelFolder);
  return { ...made, isNew: true };
}

/** What is known of a model's form, all of its files checked; undefined where it was not made. */
async function wholePrefill(modelFolder: string): Promise<MadePrefill | undefined> {
  const found = await readPrefill(modelFolder, formsFolder());
  if (found === undefined) return undefined;
  await checkPrefill(found);
  const { folder, files, timeRatio } = found;
  return { folder, bytes: Object.values(files).reduce((sum, file) => sum + file.bytes, 0), timeRatio };
}

export async function removePrefill(modelFolder: string): Promise<void> {
  const target = await prefillTarget(modelFolder).catch(() => undefined);
  if (target !== undefined) await removeForms((model) => model === target.target.model);
}

/** Forms of models that are no more, such as those of an earlier version. */
async function removeStale(modelFolder: string): Promise<void> {
  const folders = [modelFolder, ...(await installedModels()).map(({ folder }) => folder)];
  const targets = await Promise.all(folders.map((folder) => prefillTarget(folder).catch(() => undefined)));
  const known = new Set(targets.map((one) => one?.target.model));
  await removeForms((model) => !known.has(model));
}

async function removeForms(isUnwanted: (model: string) => boolean): Promise<void> {
  for (const name of await readdir(formsFolder()).catch(() => [])) {
    const folder = join(formsFolder(), name);
    const model = await readFile(join(folder, PREFILL_FILE), 'utf8').then(
      (text) => (JSON.parse(text) as { readonly model?: unknown } | null)?.model,
      () => undefined,
    );
    if (typeof model === 'string' && isUnwanted(model)) await rm(folder, { recursive: true, force: true });
  }
  // Where none is left, nor one that is being made, the folder goes too.
  await rmdir(formsFolder()).catch(() => undefined);
}

/** What the doctor says of how prompts are read. */
export async function examinePrefill(modelFolder: string): Promise<ExaminationLine> {
  const name = words('prompts');
  try {
    const found = await wholePrefill(modelFolder);
    return { name, value: found === undefined ? unmade : valueOf(found), ok: true };
  } catch (error) {
    const advice = words('lacuna model prepare makes the form for prompts anew.');
    return { name, value: wordsOf(error), ok: false, advice };
  }
}

const unmade = words(
  'no form for prompts was tried yet; lacuna model prepare does it at once, an editor after a minute where lacuna.model.prefill is on',
);

export function valueOf({ timeRatio, bytes }: MadePrefill): Words {
  if (timeRatio === null)
    return words('read with the model as it is, since this processor does not add up products of 8 bits exactly');
  const percent = Math.round(100 * timeRatio);
  if (bytes === 0) return words('read with the model as it is; a form for prompts would take {0} % of the time', percent);
  return words('read with a form of {0} MB, in {1} % of the time', Math.round(bytes / 1e6), percent);
}
