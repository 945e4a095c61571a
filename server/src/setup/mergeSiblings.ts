// The conflicts of a merge's other files, read from git once for each repository.

import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ReadLately } from '../common/readLately.js';
import { readUnmergedTexts, repositoryOf } from '../git/index.js';
import { conflictsElsewhere, conflictsOfFiles, type ConflictTexts, type MergedFileConflicts } from '../merge/index.js';

export type ReadElsewhere = (file: string, signal: AbortSignal) => Promise<readonly ConflictTexts[]>;

/**
 * @param life milliseconds after which files are read again: they change while they are resolved
 * @param now milliseconds, monotonic
 */
export function createElsewhere(life = Infinity, now: () => number = () => 0): ReadElsewhere {
  const repositories = new ReadLately<readonly MergedFileConflicts[]>(life, now);
  return async (file, signal) => {
    // git gives the paths of files as they are, not by the links that lead to them.
    const path = await realpath(file).catch(() => file);
    const repository = await repositoryOf(dirname(path), signal);
    if (repository === undefined) return [];
    const files = repositories.of(repository, () => readUnmergedTexts(repository, signal).then(conflictsOfFiles));
    return conflictsElsewhere(await files, path);
  };
}
