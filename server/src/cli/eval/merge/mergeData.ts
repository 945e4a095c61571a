// Conflicts as data: what a line of a file of merge hunks holds, and the conflict as the room would have found it in the
// file. Hunks of one file and of one merge that stand in the data together see each other, as conflicts do in the editor.

import * as z from 'zod';
import { groupBy } from '../../../common/groupBy.js';
import {
  CONTEXT_LINES,
  linesOf,
  type MergeInput,
  MOST_SIBLINGS,
  nearestFirst,
  OTHER_CONFLICTS,
} from '../../../merge/index.js';

export const mergeHunk = z.object({
  id: z.string().default(''),
  repo: z.string().default('unspecified'),
  commit: z.string().default(''),
  path: z.string().default(''),
  language: z.string().default('unspecified'),
  /** The place among the hunks of its file, from 0, and how many there are. */
  hunk: z.number().default(0),
  hunks: z.number().default(1),
  base: z.string(),
  ours: z.string(),
  theirs: z.string(),
  resolution: z.string(),
  before: z.string().default(''),
  after: z.string().default(''),
  line_label: z.string().default('unspecified'),
  /** The side that the whole merged file equals. */
  whole_file: z.string().nullish(),
  weak: z.boolean().nullish(),
});
export type MergeHunk = z.infer<typeof mergeHunk>;

export interface MergeCase {
  readonly hunk: MergeHunk;
  readonly input: MergeInput;
}

/** What a resolver is asked for each hunk, in the order given. */
export function mergeCases(hunks: readonly MergeHunk[]): MergeCase[] {
  const files = groupBy(hunks, ({ repo, commit, path }) => [repo, commit, path].join('\n'));
  for (const file of files.values()) file.sort((left, right) => left.hunk - right.hunk);
  const merges = groupBy(hunks, mergeOf);
  return hunks.map((hunk) => {
    const file = files.get([hunk.repo, hunk.commit, hunk.path].join('\n'))!;
    const first = Math.max(0, file.indexOf(hunk) - OTHER_CONFLICTS / 2);
    const others = file.slice(first, first + OTHER_CONFLICTS + 1).filter((other) => other !== hunk);
    const elsewhere = hunk.commit === '' ? [] : merges.get(mergeOf(hunk))!.filter(({ path }) => path !== hunk.path);
    return {
      hunk,
      input: {
        ours: hunk.ours,
        theirs: hunk.theirs,
        base: hunk.base,
        before: lastLines(hunk.before, CONTEXT_LINES),
        after: firstLines(hunk.after, CONTEXT_LINES),
        languageId: languageIdOf(hunk),
        path: hunk.path,
        others: others.slice(0, OTHER_CONFLICTS).map(({ ours, theirs, base }) => ({ ours, theirs, base })),
        siblings: [...nearestFirst(file, file.indexOf(hunk)), ...elsewhere].slice(0, MOST_SIBLINGS),
      },
    };
  });
}

const mergeOf = ({ repo, commit }: MergeHunk): string => [repo, commit].join('\n');

function languageIdOf({ language, path }: MergeHunk): string {
  return /\.[jt]sx$/.test(path) && (language === 'typescript' || language === 'javascript')
    ? `${language}react`
    : language;
}

const lastLines = (text: string, count: number): string => linesOf(text).slice(-count).join('');
const firstLines = (text: string, count: number): string => linesOf(text).slice(0, count).join('');
