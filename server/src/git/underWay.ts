// What git is in the middle of in a working tree, and which commit it is applying: a rebase stops at one after the other.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { words, type Words } from '../common/words.js';
import { runGit } from './runGit.js';
import { lastDone } from './sideNames.js';

export interface UnderWay {
  readonly kind: 'merge' | 'rebase' | 'patches' | 'pick' | 'revert';
  /**
   * Which commit's changes theirs are, as `1a2b3c4 Subject`; of a merge the first line of its message. Empty where a rebase
   * has stopped at none.
   */
  readonly commit: string;
  /** What is rebased, and how far a rebase or a row of patches is. */
  readonly branch: string | undefined;
  readonly step: { readonly number: number; readonly total: number } | undefined;
}

const LONGEST_SUBJECT = 200;

/** @returns undefined where git is in the middle of nothing that it keeps a note of, as after `git stash pop` */
export async function underWay(folder: string, signal: AbortSignal): Promise<UnderWay | undefined> {
  // Each working tree of a repository has a folder of its own for this.
  const said = await runGit(folder, ['rev-parse', '--git-dir'], signal);
  if (said === undefined) return undefined;
  const own = resolve(folder, said.toString('utf8').replace(/\r?\n$/, ''));
  const note = (name: string): Promise<string | undefined> =>
    readFile(resolve(own, name), 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    );
  const rebase = await rebaseOf(note);
  if (rebase?.kind === 'patches') return rebase;
  if (rebase !== undefined) {
    // Of a fixup git writes no other note than this line.
    const last = lastDone((await note('rebase-merge/done')) ?? '')?.commit;
    const commit =
      (await commitAt(folder, 'REBASE_HEAD', signal)) ??
      (last === undefined ? undefined : await commitAt(folder, last, signal)) ??
      rebase.commit;
    return { ...rebase, commit };
  }
  const pick = await commitAt(folder, 'CHERRY_PICK_HEAD', signal);
  if (pick !== undefined) return { kind: 'pick', commit: pick, ...alone };
  const revert = await commitAt(folder, 'REVERT_HEAD', signal);
  if (revert !== undefined) return { kind: 'revert', commit: revert, ...alone };
  const merged = await commitAt(folder, 'MERGE_HEAD', signal);
  if (merged === undefined) return undefined;
  return { kind: 'merge', commit: firstLine((await note('MERGE_MSG')) ?? '') || merged, ...alone };
}

/** In a sentence. */
export function underWaySentence({ kind, commit, branch, step }: UnderWay): Words {
  switch (kind) {
    case 'merge':
      return words('Git is merging: {0}', commit);
    case 'pick':
      return words('Git is picking the commit {0}', commit);
    case 'revert':
      return words('Git is reverting the commit {0}', commit);
    case 'patches':
      return step === undefined
        ? words('Git is applying a patch: {0}', commit)
        : words('Git is applying patch {0} of {1}: {2}', step.number, step.total, commit);
    case 'rebase': {
      if (commit === '') return branch === undefined ? words('Git is rebasing') : words('Git is rebasing {0}', branch);
      if (step === undefined) return words('Git is rebasing and applies the commit {0}', commit);
      const { number, total } = step;
      return branch === undefined
        ? words('Git is rebasing and applies commit {0} of {1}: {2}', number, total, commit)
        : words('Git is rebasing {0} and applies commit {1} of {2}: {3}', branch, number, total, commit);
    }
  }
}

const alone = { branch: undefined, step: undefined };

/** Git has two ways to rebase, with notes of their own; the older one applies patches, as `git am` does with those of mails. */
async function rebaseOf(note: (name: string) => Promise<string | undefined>): Promise<UnderWay | undefined> {
  for (const { folder, number, total, message } of [
    { folder: 'rebase-merge', number: 'msgnum', total: 'end', message: 'message' },
    { folder: 'rebase-apply', number: 'next', total: 'last', message: 'final-commit' },
  ]) {
    const [at, of] = [await note(`${folder}/${number}`), await note(`${folder}/${total}`)];
    if (at === undefined || of === undefined) continue;
    const isOfMails = (await note(`${folder}/applying`)) !== undefined;
    const name = (await note(`${folder}/head-name`))?.replace(/^refs\/heads\//, '');
    const [done, all] = [Number(at), Number(of)];
    return {
      kind: isOfMails ? 'patches' : 'rebase',
      commit: firstLine((await note(`${folder}/${message}`)) ?? ''),
      branch: name === undefined || name === 'detached HEAD' ? undefined : name,
      step: Number.isInteger(done) && Number.isInteger(all) ? { number: done, total: all } : undefined,
    };
  }
  return undefined;
}

async function commitAt(folder: string, name: string, signal: AbortSignal): Promise<string | undefined> {
  const said = await runGit(folder, ['log', '-1', '--no-show-signature', '--format=%h %s', name, '--'], signal);
  const commit = firstLine(said?.toString('utf8') ?? '');
  return commit === '' ? undefined : commit;
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/)[0]!.slice(0, LONGEST_SUBJECT);
}
