// What was resolved without a person, kept beside git's own files: a guess must leave a trace. Each line of the file is one
// conflict as an object. It holds text of the user's, and stays in the repository's own folder on this machine.

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { gitPath } from '../../git/index.js';
import type { FileVersions } from '../../merge/index.js';
import { diskErrorWords } from '../../common/diskError.js';
import { InputError } from '../../common/inputError.js';
import { replaceFile } from '../../common/replaceFile.js';

/** In git's folder of the working tree. */
const LOG = 'lacuna/resolved.jsonl';

/** A longer log loses its older half. */
const LARGEST_BYTES = 4_000_000;

const entry = z.object({
  /** When, as an ISO date. */
  time: z.string(),
  by: z.enum(['merge', 'merge-driver']),
  /** From the top of the working tree where git gave it so, else as the user wrote it. */
  path: z.string(),
  /** Where the answer begins in the merged file, from 1; conflicts that are left count with their base. */
  line: z.number(),
  /** In words. */
  answer: z.string(),
  pattern: z.string(),
  confidence: z.number(),
  /** Structure alone settled it, whatever the confidence. */
  settled: z.literal(true).optional(),
  /** What stands behind the markers. */
  names: z.object({ ours: z.string(), theirs: z.string() }),
  /** The conflict with its markers. */
  conflict: z.string(),
  /** What stands in its place. */
  text: z.string(),
  /** Of the file as it was written and its versions, where no conflict was left in it. */
  whole: z.string().optional(),
});
export type LoggedResolution = z.infer<typeof entry>;

/**
 * Adds to the log of the repository that a folder lies in; in no repository nothing is kept.
 * @throws InputError where the disk refuses it
 */
export async function logResolutions(
  folder: string,
  resolutions: readonly LoggedResolution[],
  signal: AbortSignal,
): Promise<void> {
  const file = resolutions.length === 0 ? undefined : await gitPath(folder, LOG, signal);
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, resolutions.map((each) => `${JSON.stringify(each)}\n`).join(''));
    if ((await stat(file)).size > LARGEST_BYTES) await forgetOlderHalf(file);
  } catch (error) {
    const said = diskErrorWords(error, file);
    throw said === undefined ? error : new InputError(said);
  }
}

/**
 * The oldest first; undefined in no repository. A line that is none of ours is left out.
 * @throws InputError where there is a log that cannot be read
 */
export async function readResolutions(
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly file: string; readonly resolutions: readonly LoggedResolution[] } | undefined> {
  const file = await gitPath(folder, LOG, signal);
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new InputError(`The log ${file} cannot be read (${code ?? String(error)}).`);
  });
  const lines = text.split('\n');
  return { file, resolutions: lines.flatMap((line) => parsed(line)) };
}

/** A key of a file that was resolved as a whole, and of the versions that were in conflict. */
export function wholeKey({ ours, base, theirs }: FileVersions, text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([ours, base, theirs, text]))
    .digest('base64');
}

function parsed(line: string): LoggedResolution[] {
  try {
    const read = entry.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

async function forgetOlderHalf(file: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  // The last one stays, however long it is.
  const kept = lines.slice(Math.min(Math.floor(lines.length / 2), lines.length - 1));
  await replaceFile(file, kept.map((line) => `${line}\n`).join(''));
}
