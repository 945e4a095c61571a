// A file of the disk as the snapshot that an editor would have of it.

import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DocumentSnapshot } from '../../common/document.js';
import { languageIdOf } from '../../languages/index.js';
import { InputError } from '../../common/inputError.js';

/** Larger files are data, not source; reading and parsing them would only take time. */
const LARGEST_BYTES = 5_000_000;

/**
 * Reads a source file.
 * @param keepMark whether the text keeps the mark of the byte order that some files begin with
 * @throws InputError when it is missing, unreadable, not text or too large.
 */
export async function readSourceFile(file: string, { keepMark = false } = {}): Promise<DocumentSnapshot> {
  refuseUnclearName(file);
  const absolute = resolve(file);
  const found = await stat(absolute).catch((error: unknown) => {
    throw new InputError(`${file} cannot be read: ${isMissing(error) ? 'there is no such file' : describe(error)}.`);
  });
  if (found.isDirectory()) throw new InputError(`${file} is a folder, not a file.`);
  if (!found.isFile()) throw new InputError(`${file} is not a regular file.`);
  if (found.size > LARGEST_BYTES) {
    throw new InputError(
      `${file} is too large (${(found.size / 1e6).toFixed(1)} MB): files of up to ${LARGEST_BYTES / 1e6} MB are read.`,
    );
  }
  const bytes = await readFile(absolute).catch((error: unknown) => {
    throw new InputError(`${file} cannot be read: ${describe(error)}.`);
  });
  return {
    uri: pathToFileURL(absolute).href,
    languageId: languageIdOf(absolute),
    version: 1,
    text: decode(bytes, file, keepMark),
    path: pathInWorkspace(absolute),
  };
}

/**
 * An empty name, such as that of a variable that is not set, would be the folder that one is in.
 * Bytes of a name that are not UTF-8 reach us as signs that stand for any such byte, and might lead to a file of another name.
 * @throws InputError
 */
export function refuseUnclearName(file: string): void {
  if (file === '') throw new InputError('A file was named "", which is no name.');
  if (file.includes('\ufffd'))
    throw new InputError(`The name of ${file} is not UTF-8, so Lacuna leaves the file alone.`);
}

/** The path that the model is shown: from the repository's root, or from the working directory where there is none. */
function pathInWorkspace(absolute: string): string {
  const root = repositoryRoot(dirname(absolute)) ?? process.cwd();
  const path = relative(root, absolute);
  return path.startsWith('..') || resolve(path) === path ? basename(absolute) : path.split(sep).join('/');
}

function repositoryRoot(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryRoot(parent);
}

function decode(bytes: Uint8Array, file: string, keepMark: boolean): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below: what is not UTF-8 is treated like any other binary file.
  }
  throw new InputError(`${file} is not a text file in UTF-8.`);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
