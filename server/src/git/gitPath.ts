// Where git keeps things of a working tree: each working tree of a repository has a place of its own.

import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runGit } from './runGit.js';

/**
 * @param name under git's own folder; none of the few that all working trees share
 * @returns absolute; undefined where the folder is in no repository
 */
export async function gitPath(folder: string, name: string, signal: AbortSignal): Promise<string | undefined> {
  const own = await folderAtTop(folder);
  if (own !== undefined) return join(own, name);
  const said = await runGit(folder, ['rev-parse', '--git-path', name], signal);
  return said === undefined ? undefined : resolve(folder, said.toString('utf8').replace(/\r?\n$/, ''));
}

/**
 * Whether git is about to write what it merges in a working tree: it has locked the index for that, or what rerere keeps.
 * It merges without that to show what a merge would give (`git merge-tree`, `--remerge-diff`).
 */
export async function isMergeKept(folder: string, signal: AbortSignal): Promise<boolean> {
  const { GIT_INDEX_FILE: named } = process.env;
  const files = [
    named === undefined ? await gitPath(folder, 'index', signal) : resolve(folder, named),
    await gitPath(folder, 'MERGE_RR', signal),
  ];
  return files.some((file) => file !== undefined && existsSync(`${file}.lock`));
}

/** At the top of a working tree, where git runs its drivers, the folder stands there; to ask git costs a process. */
async function folderAtTop(folder: string): Promise<string | undefined> {
  if (process.env.GIT_DIR !== undefined) return undefined;
  const path = join(folder, '.git');
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return path;
  if (found?.isFile() !== true) return undefined;
  const [, target] = /^gitdir: (.+?)\r?\n?$/.exec(await readFile(path, 'utf8').catch(() => '')) ?? [];
  return target === undefined ? undefined : resolve(folder, target);
}
