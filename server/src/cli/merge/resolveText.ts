// All conflicts of one text: answered, and those that are certain resolved.

import {
  addBases,
  applyResolutions,
  certainResolution,
  parseConflicts,
  settledResolution,
  withEndsOfFile,
  withoutMark,
  type BrokenConflict,
  type Conflict,
  type ConflictDocument,
  type ConflictFile,
  type FileVersions,
  type MarkersOfGit,
  type MergeResolver,
  type Resolution,
  type ResolutionResult,
} from '../../merge/index.js';

export interface AnsweredConflict {
  readonly conflict: Conflict;
  readonly result: ResolutionResult;
  /** What stands in the conflict's place in the new text; undefined where the conflict is left. */
  readonly applied: Resolution | undefined;
  /** Whether that is certain; what is applied and not certain is settled by structure. */
  readonly isCertain: boolean;
}

export interface ResolvedText {
  /** The text with what is certain resolved; nothing else has changed. */
  readonly text: string;
  readonly file: ConflictFile;
  readonly answers: readonly AnsweredConflict[];
  readonly broken: readonly BrokenConflict[];
  /** Conflicts that are left, broken ones included. */
  readonly left: number;
}

export interface ResolveTextOptions {
  readonly minimumConfidence: number;
  /** Whether what structure alone settles is resolved too. */
  readonly settles?: boolean;
  /** What git knows of the file's markers; without it every marker counts. */
  readonly markers?: MarkersOfGit;
  /** The whole file as the sides and their base have it, as far as they are known. */
  readonly versions?: FileVersions;
  /** The version of the whole file from which both sides came, for conflicts that do not show their base. */
  readonly readBase: () => Promise<string | undefined>;
}

const unknown: FileVersions = { ours: undefined, base: undefined, theirs: undefined };

/** A text in which nothing is a conflict. */
export function unconflicted(text: string): ResolvedText {
  return { text, file: { conflicts: [], broken: [] }, answers: [], broken: [], left: 0 };
}

export async function resolveText(
  document: ConflictDocument,
  resolver: MergeResolver,
  { minimumConfidence, settles = false, markers, versions = unknown, readBase }: ResolveTextOptions,
  signal: AbortSignal,
): Promise<ResolvedText> {
  const found = parseConflicts(document.text, markers);
  const base = found.conflicts.length === 0 ? undefined : await readBase();
  const file = base === undefined ? found : addBases(document.text, found, withoutMark(base));
  const answers: AnsweredConflict[] = [];
  for (const conflict of file.conflicts) {
    const { resolutions, reason } = await resolver.resolve(document, file, conflict, signal);
    const fitted = resolutions.map((each) => withEndsOfFile(each, document.text, conflict, versions));
    const result = { resolutions: fitted, reason };
    const certain = certainResolution(result, minimumConfidence);
    const applied = certain ?? (settles ? settledResolution(result) : undefined);
    answers.push({ conflict, result, applied, isCertain: certain !== undefined });
  }
  const applied = answers.flatMap(({ conflict, applied: resolution }) =>
    resolution === undefined ? [] : [{ range: conflict.range, text: resolution.text }],
  );
  return {
    text: applyResolutions(document.text, applied),
    file,
    answers,
    broken: file.broken,
    left: answers.length - applied.length + file.broken.length,
  };
}
