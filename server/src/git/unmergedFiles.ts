// The files that git lists as in conflict.

import { resolve } from 'node:path';
import { runGit } from './runGit.js';

/** Absolute paths of the files in and below a folder that are in conflict; none where there is no git to ask. */
export async function unmergedFiles(folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const listed = await runGit(folder, ['ls-files', '--unmerged', '-z'], signal);
  const paths = (listed?.toString('utf8') ?? '').split('\0').map((entry) => entry.slice(entry.indexOf('\t') + 1));
  return [...new Set(paths.filter((path) => path !== ''))].map((path) => resolve(folder, path));
}
