// The files of a repository as a commit has them.

import { runGit } from './runGit.js';

/** Of entries such as `100644 blob <object>\t<path>` those of plain files: neither links nor other repositories. */
const FILE = /(?:^|\0)100\d+ blob ([0-9a-f]+)\t([^\0]+)/g;

/**
 * The objects of a commit's files by their paths, which begin at the root of the repository; none where the commit is not there.
 * @throws an AbortError when the signal is aborted
 */
export async function commitFiles(
  folder: string,
  commit: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const listed = await runGit(folder, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], signal);
  const text = listed?.toString('utf8') ?? '';
  return new Map([...text.matchAll(FILE)].map(([, object, path]) => [path!, object!]));
}
