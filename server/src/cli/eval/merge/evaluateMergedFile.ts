// One whole file of a merge: merged by git, the conflicts that are left answered, and the text compared with what was
// committed. It says how much of the work a person would still have to do.

import { tmpdir } from 'node:os';
import * as z from 'zod';
import { mergeFiles } from '../../../git/index.js';
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
  const text = await mergeByGit(item, signal);
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

/** What `git merge-file` makes of three texts by itself, with the base between the markers. */
async function mergeByGit(versions: MergedFile, signal: AbortSignal): Promise<string> {
  // As an older git compares, whatever the git: so were the figures measured.
  const labels = { ours: 'ours', base: 'base', theirs: 'theirs' };
  const options = { style: 'diff3', markerSize: 7, labels, isOld: true, folder: tmpdir() } as const;
  const merged = await mergeFiles(versions, options, signal);
  if (merged.kind === 'merged') return merged.content.toString('utf8');
  throw new Error(`git merge-file failed: ${merged.kind === 'binary' ? 'a text is binary' : merged.message}`);
}
