// What a person calls the two sides of a merge, where git does not hand over the names that it writes behind the markers:
// git before 2.44 tells a merge driver none, and conflicts without markers have none.

import { readFile } from 'node:fs/promises';
import { gitPath } from './gitPath.js';
import { runGit } from './runGit.js';

export interface SideNames {
  /** Undefined where nobody knows it. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** Git names a commit that it merges in its environment. */
const HEAD_NAME = /^GITHEAD_[0-9a-f]{40,64}$/;

const operations = ['CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD', 'MERGE_HEAD'];

export async function sideNames(folder: string, signal: AbortSignal): Promise<SideNames> {
  const named = Object.entries(process.env).find(([variable]) => HEAD_NAME.test(variable))?.[1];
  const theirs = named ?? (await pickedCommit(folder, signal)) ?? (await commitUnderWay(folder, signal));
  return { ours: theirs === undefined ? undefined : 'HEAD', theirs };
}

/** What a rebase is picking: the last of its lines that are done. */
async function pickedCommit(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const file = await gitPath(folder, 'rebase-merge/done', signal);
  const done = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  const last = lastDone(done);
  return last === undefined ? undefined : `${last.commit.slice(0, 7)} (${last.subject})`;
}

/** The commit of the last line that a rebase has done, or is doing; undefined where that is none of a commit. */
export function lastDone(done: string): { readonly commit: string; readonly subject: string } | undefined {
  const line = done.trim().split('\n').at(-1) ?? '';
  const [, commit, subject = ''] = /^(?:\w+) (?:-\w )?([0-9a-f]{7,64}) (.*)$/.exec(line) ?? [];
  return commit === undefined ? undefined : { commit, subject: subject.replace(/^# /, '') };
}

async function commitUnderWay(folder: string, signal: AbortSignal): Promise<string | undefined> {
  for (const name of operations) {
    const said = await runGit(folder, ['log', '-1', '--no-show-signature', '--format=%h (%s)', name, '--'], signal);
    const commit = said?.toString('utf8').trim();
    if (commit !== undefined && commit !== '') return name === 'REVERT_HEAD' ? `parent of ${commit}` : commit;
  }
  return undefined;
}
