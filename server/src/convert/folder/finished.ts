// Which files of a folder that is being made are finished, kept in the folder itself, so that a run that was stopped goes on.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../../common/replaceFile.js';
import { sha256Of } from './checksum.js';

const NOTES = 'finished.json';

export interface FinishedFiles {
  has(file: string): boolean;
  add(file: string, sha256: string): Promise<void>;
  /** Name to SHA-256. */
  readonly checksums: ReadonlyMap<string, string>;
}

const schema = z.object({ of: z.string(), files: z.record(z.string(), z.string()) });

/**
 * Reads the notes of a folder; files whose bytes are not those that were noted are made again.
 * @param of what is being made, from what; notes of something else do not count
 */
export async function readFinished(
  folder: string,
  of: string,
  sizes: ReadonlyMap<string, number>,
): Promise<FinishedFiles> {
  const path = join(folder, NOTES);
  const noted = await readFile(path, 'utf8').then(
    (text) => schema.safeParse(parsed(text)).data,
    () => undefined,
  );
  const checksums = new Map<string, string>();
  for (const [file, sha256] of noted?.of === of ? Object.entries(noted.files) : []) {
    if (!sizes.has(file)) continue;
    const found = await stat(join(folder, file)).catch(() => undefined);
    if (found?.size === sizes.get(file) && (await sha256Of(join(folder, file))) === sha256) checksums.set(file, sha256);
  }
  let writing = Promise.resolve();
  return {
    checksums,
    has: (file) => checksums.has(file),
    async add(file, sha256) {
      checksums.set(file, sha256);
      // One after the other, so that the last one written names all.
      writing = writing.then(() => replaceFile(path, JSON.stringify({ of, files: Object.fromEntries(checksums) })));
      await writing;
    },
  };
}

export { NOTES as finishedNotes };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
