// A model for the time of one command: loaded before the command works with it, closed after it whatever happens.

import { existsSync } from 'node:fs';
import { silentLogger } from '../../common/logger.js';
import { messageOf } from '../../common/messageOf.js';
import { type LanguageModel, startModel } from '../../model/index.js';
import { InputError } from '../../common/inputError.js';
import { startRemoteModel } from '../../remote/index.js';
import { errorStreamLogger } from './errorStreamLogger.js';
import { findInstallation } from '../../setup/installation.js';
import { folderOfModel, goneChoice } from '../../setup/models/modelsFolder.js';
import { formsFolder } from '../../setup/models/prefillForms.js';
import type { ModelChoice } from './options.js';
import { takeServerKey } from '../../setup/serverKey.js';
import { SaidError } from '../../common/saidError.js';
import { inEnglish } from '../../common/words.js';
import { say } from './output.js';

export { errorStreamLogger } from './errorStreamLogger.js';

/** Longer than in the editor: a large model is ready only when its form for prompts is open too. */
const LOADING_MS = 180_000;

/**
 * Loads the model, does the work, and closes the model.
 * @throws InputError when the model folder cannot be used
 */
export async function withModel<T>(options: ModelChoice, work: (model: LanguageModel) => Promise<T>): Promise<T> {
  const model = startChosen(options);
  try {
    await loaded(model);
    return await work(model);
  } finally {
    await model.dispose();
  }
}

function startChosen(options: ModelChoice): LanguageModel {
  const { server: url, serverModel: model = '', serverFormat: format = 'qwen' } = options;
  // What goes wrong is the command's answer, so it is not logged as well.
  if (url !== undefined) return startRemoteModel({ url, model, format, key: takeServerKey() }, silentLogger);
  const { workerFile } = findInstallation();
  if (!existsSync(workerFile)) throw new InputError(`${workerFile} is missing; run npm run build.`);
  return startModel({
    folder: saidFolderOf(options.model),
    workerFile,
    threads: options.threads,
    forms: { folder: formsFolder(), areAwaited: true },
    loadingMs: LOADING_MS,
    logger: errorStreamLogger,
  });
}

/** The folder of a model; says where it is not the one that was chosen. */
export function saidFolderOf(named: string | undefined): string {
  const gone = goneChoice(named);
  if (gone !== undefined) say(inEnglish(gone));
  return folderOfModel(named);
}

/** A worker that dies while loading would be started again and again in the editor; here its end is the answer. */
async function loaded(model: LanguageModel): Promise<void> {
  let end = (): void => undefined;
  const died = new Promise<never>((_, reject) => {
    end = model.onStateChange((state) => {
      if (state.kind === 'restarting') reject(new SaidError(state.happened));
    });
  });
  try {
    await Promise.race([model.ready(), died]);
  } catch (error) {
    throw new InputError(messageOf(error));
  } finally {
    end();
  }
}
