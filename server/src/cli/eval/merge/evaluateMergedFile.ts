// One whole file of a merge: merged by git, the conflicts that are left answered, and the text compared with what was
// committed. It says how much of the work a person would still have to do.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import {
  addBases,
  applyResolutions,
  certainResolution,
  type MergeResolver,
  parseConflicts,
  withoutSpace,
} from '../../../merge/index.js';

export const mergedFile = z.object({
  base: z.string(),
  ours: z.string(),
  theirs: z.string(),
  merged: z.string(),
  language: z.string().default('unspecified'),
  path: z.string().default(''),
  whole_file: z.string().nullish(),
});
export type MergedFile = z.infer<typeof mergedFile>;

export interface FileEvaluation {
  readonly language: string;
  readonly wholeFile: boolean;
  readonly conflicts: number;
  /** Conflicts answered with certainty. */
  readonly certain: number;
  /** git left no conflict and the text is what was committed. */
  readonly gitRight: boolean;
  /** Every conflict got its first answer, and the text is what was committed. */
  readonly right: boolean;
  /** All conflicts were certain; whether the text is then right. */
  readonly allCertain: boolean;
}

export async function evaluateMergedFile(
  resolver: MergeResolver,
  item: MergedFile,
  signal: AbortSignal,
): Promise<FileEvaluation> {
  const text = await mergeByGit(item);
  const file = addBases(text, parseConflicts(text), item.base);
  const languageId = /\.[jt]sx$/.test(item.path) ? `${item.language}react` : item.language;
  const document = { text, languageId, path: item.path };
  const applied = [];
  let certain = 0;
  for (const conflict of file.conflicts) {
    const result = await resolver.resolve(document, file, conflict, signal);
    const [first] = result.resolutions;
    if (first === undefined) continue;
    if (certainResolution(result) !== undefined) certain++;
    applied.push({ range: conflict.range, text: first.text });
  }
  const isRight = (merged: string): boolean => withoutSpace(merged) === withoutSpace(item.merged);
  return {
    language: item.language,
    wholeFile: item.whole_file !== null && item.whole_file !== undefined,
    conflicts: file.conflicts.length,
    certain,
    gitRight: file.conflicts.length === 0 && isRight(text),
    right: isRight(applyResolutions(text, applied)),
    allCertain: certain === file.conflicts.length,
  };
}

/** What `git merge-file` makes of three texts, with the base between the markers. */
async function mergeByGit({ ours, base, theirs }: MergedFile): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lacuna-merge-'));
  try {
    const names = ['ours', 'base', 'theirs'];
    await Promise.all([ours, base, theirs].map((text, i) => writeFile(join(folder, names[i]!), text)));
    return await new Promise((resolve, reject) => {
      const options = { cwd: folder, maxBuffer: 1 << 28 };
      execFile('git', ['merge-file', '-p', '--diff3', ...names], options, (error, stdout) => {
        // The exit status is the number of conflicts, 127 at the most; anything else is an error of git's.
        if (error !== null && (typeof error.code !== 'number' || error.code > 127))
          reject(new Error(`git merge-file failed: ${error.message}`));
        else resolve(stdout);
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
