// The files that commands write results into. What would go wrong is said before anything long has begun, and what a command
// reads is never written over.

import { constants, type FileHandle, access, open, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../../common/inputError.js';

/**
 * @param read files that the command reads
 * @throws InputError where the file cannot be written, or is one of those that are read
 */
export async function checkOutput(file: string, ...read: readonly (readonly string[] | undefined)[]): Promise<void> {
  const found = await identityOf(file);
  if (found?.isDirectory() === true) throw new InputError(`${file} is a folder, not a file.`);
  for (const other of read.flatMap((files) => files ?? [])) {
    const same = await identityOf(other);
    if (found?.isFile() === true && same?.dev === found.dev && same.ino === found.ino)
      throw new InputError(`${file} is read by this command, so it is not written over; name another file.`);
  }
  await access(found === undefined ? dirname(file) : file, constants.W_OK).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

/** Empties or makes the file, where it can be written. @throws as checkOutput */
export async function openOutput(
  file: string,
  ...read: readonly (readonly string[] | undefined)[]
): Promise<FileHandle> {
  await checkOutput(file, ...read);
  return open(file, 'w').catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

/** @throws InputError where the disk refuses it after all */
export async function writeOutput(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

/** A link is the file that it leads to. Large numbers, since those of Windows are not exact otherwise. */
function identityOf(file: string) {
  return stat(file, { bigint: true }).catch(() => undefined);
}

function unwritable(file: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new InputError(
    `${file} cannot be written: ${code === 'ENOENT' ? 'its folder does not exist' : message.replace(/\.$/, '')}.`,
  );
}
