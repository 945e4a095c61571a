// A model for the time of one command: loaded before the command works with it, closed after it whatever happens.

import { existsSync } from 'node:fs';
import type { Logger } from '../common/logger.js';
import { type LanguageModel, startModel } from '../model/index.js';
import { InputError } from './exitStatus.js';
import { findInstallation } from './installation.js';
import type { ModelCommandOptions } from './options.js';

/** Warnings and errors go to standard error, one line each. */
export const errorStreamLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
};

/**
 * Loads the model, does the work, and closes the model.
 * @throws InputError when the model folder cannot be used
 */
export async function withModel<T>(
  options: Pick<ModelCommandOptions, 'model' | 'threads'>,
  work: (model: LanguageModel) => Promise<T>,
): Promise<T> {
  const { workerFile, modelFolder } = findInstallation();
  if (!existsSync(workerFile)) throw new InputError(`${workerFile} is missing; run npm run build.`);
  const model = startModel({
    folder: options.model ?? modelFolder,
    workerFile,
    threads: options.threads,
    logger: errorStreamLogger,
  });
  try {
    await loaded(model);
    return await work(model);
  } finally {
    await model.dispose();
  }
}

/** A worker that dies while loading would be started again and again in the editor; here its end is the answer. */
async function loaded(model: LanguageModel): Promise<void> {
  let end = (): void => undefined;
  const died = new Promise<never>((_, reject) => {
    end = model.onStateChange((state) => {
      if (state.kind === 'restarting') reject(new Error('The model stopped while it was being loaded.'));
    });
  });
  try {
    await Promise.race([model.ready(), died]);
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  } finally {
    end();
  }
}
