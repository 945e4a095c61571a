// The version of a file before both sides changed it, found from what git is in the middle of. It serves where the index
// no longer keeps the three versions, because the file was added to it with its markers.

import { basename, dirname } from 'node:path';
import { runGit } from './runGit.js';

/** For each thing that git may be in the middle of: two commits, the younger of whose common ancestors is the base. */
const operations = [
  { theirs: 'MERGE_HEAD', base: undefined },
  { theirs: 'CHERRY_PICK_HEAD', base: 'CHERRY_PICK_HEAD^' },
  { theirs: 'REBASE_HEAD', base: 'REBASE_HEAD^' },
  { theirs: 'REVERT_HEAD', base: 'REVERT_HEAD' },
] as const;

/** @returns undefined where git is in the middle of nothing, or the file was not there */
export async function readMergeBase(file: string, signal: AbortSignal): Promise<string | undefined> {
  const folder = dirname(file);
  for (const { theirs, base } of operations) {
    const isUnderWay = await runGit(folder, ['rev-parse', '--verify', '--quiet', theirs], signal);
    if (isUnderWay === undefined) continue;
    const commit = base ?? (await runGit(folder, ['merge-base', 'HEAD', theirs], signal))?.toString('latin1').trim();
    if (commit === undefined) return undefined;
    const content = await runGit(folder, ['show', '--no-textconv', `${commit}:./${basename(file)}`], signal);
    const text = content?.toString('utf8');
    return text === undefined || text.includes('\0') ? undefined : text;
  }
  return undefined;
}
