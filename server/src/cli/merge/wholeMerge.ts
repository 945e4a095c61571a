// A whole merge: all files that git has in conflict in a repository, what git is in the middle of, and at the end what is done
// and what is left to the person.

import { relative } from 'node:path';
import type { Words } from '../../common/words.js';
import { inEnglish } from '../../common/words.js';
import { InputError } from '../../common/inputError.js';
import { repositoryOf, underWay, underWaySentence, unmergedFiles, type UnderWay } from '../../git/index.js';
import { viewMergedFiles, type FileResult } from './mergeView.js';

export interface WholeMerge {
  /** Relative to the folder that was asked about, in the order of their paths. */
  readonly names: readonly string[];
  /** In a sentence; undefined where git keeps no note of it. */
  readonly underWay: Words | undefined;
  readonly kind: UnderWay['kind'] | undefined;
}

/** @throws InputError where there is no repository */
export async function wholeMerge(folder: string, signal: AbortSignal): Promise<WholeMerge> {
  const repository = await repositoryOf(folder, signal);
  if (repository === undefined) {
    throw new InputError('No file was named, and this folder is in no repository whose conflicts could be answered.');
  }
  const files = await unmergedFiles(repository, signal);
  const found = await underWay(repository, signal);
  return {
    names: [...files].sort().map((file) => relative(folder, file)),
    underWay: found === undefined ? undefined : underWaySentence(found),
    kind: found?.kind,
  };
}

/** What goes on with what git is in the middle of. After `git stash pop` and the like nothing has to. */
const continued: Readonly<Record<UnderWay['kind'], string>> = {
  merge: 'merge',
  rebase: 'rebase',
  patches: 'am',
  pick: 'cherry-pick',
  revert: 'revert',
};

/** @param isWritten whether the files were written */
export function viewWholeMerge(
  { underWay: said, kind }: Pick<WholeMerge, 'underWay' | 'kind'>,
  results: readonly FileResult[],
  isWritten: boolean,
): string {
  const heading = said === undefined ? [] : [`${inEnglish(said)}.`, ''];
  if (results.length === 0) return [...heading, 'No file is in conflict.'].join('\n');
  const open = results.filter((result) => reasonLeft(result) !== undefined);
  const done = results.length - open.length;
  const can = isWritten ? 'done' : 'can be done';
  return [
    ...heading,
    viewMergedFiles(results, isWritten),
    '',
    `${counted(results.length, 'file')} in conflict, ${done} ${can}, ${open.length} left to you:`,
    ...results.map((result) => {
      const reason = reasonLeft(result);
      return reason === undefined ? `  ${can}: ${result.name}` : `  left to you: ${result.name}: ${reason}`;
    }),
    ...(isWritten
      ? [
          '',
          `\`git add\` tells git which files are done${kind === undefined ? '' : `, \`git ${continued[kind]} --continue\` goes on`}.`,
        ]
      : []),
  ].join('\n');
}

/** Undefined where a file is done. */
function reasonLeft(result: FileResult): string | undefined {
  if ('error' in result) return result.error;
  const { note, resolved } = result;
  if (resolved.left === 0) return undefined;
  const found = resolved.answers.length + resolved.broken.length;
  return note ?? `${resolved.left} of ${counted(found, 'conflict')}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
