// The folder in which a model is being made. A run that was stopped leaves it for the next one; one that failed leaves
// nothing at all, neither it nor a folder of models that was made for it.

import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAbortError } from '../../common/abort.js';
import { diskErrorWords } from '../../common/diskError.js';
import { ConversionError } from '../conversionError.js';
import { lockFolder } from './lock.js';

/**
 * Does the work in the unfinished folder of a model, which nobody else makes meanwhile.
 * @param folder of models
 * @throws ConversionError with one sentence; AbortError
 */
export async function inUnfinishedFolder<T>(
  folder: string,
  name: string,
  work: (partial: string) => Promise<T>,
): Promise<T> {
  const partial = unfinishedFolder(folder, name);
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    const unlock = await lockFolder(`${partial}.lock`, name);
    try {
      return await work(partial);
    } catch (error) {
      // What cannot be removed is no reason to say something else than what went wrong.
      if (!isResumable(error)) await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    } finally {
      await unlock();
    }
  } catch (error) {
    if (made !== undefined) await removeEmpty(folder, made);
    const said = diskErrorWords(error, folder);
    throw said === undefined ? error : new ConversionError(said);
  }
}

export function unfinishedFolder(folder: string, name: string): string {
  return join(folder, `.${name}.unfinished`);
}

function isResumable(error: unknown): boolean {
  return isAbortError(error) || (error instanceof ConversionError && error.isPassing);
}

/** From the folder up to the first one that was made for it, as long as they are empty. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let at = folder; at.length >= first.length; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}
