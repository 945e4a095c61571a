// All conflicts of one text: answered, and those that are certain resolved.

import {
  addBases,
  applyResolutions,
  certainResolution,
  parseConflicts,
  type BrokenConflict,
  type Conflict,
  type ConflictDocument,
  type ConflictFile,
  type MergeResolver,
  type Resolution,
  type ResolutionResult,
} from '../merge/index.js';

export interface AnsweredConflict {
  readonly conflict: Conflict;
  readonly result: ResolutionResult;
  /** What stands in the conflict's place in the new text; undefined where the conflict is left. */
  readonly applied: Resolution | undefined;
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
  /** The version of the whole file from which both sides came, for conflicts that do not show their base. */
  readonly readBase: () => Promise<string | undefined>;
}

export async function resolveText(
  document: ConflictDocument,
  resolver: MergeResolver,
  { minimumConfidence, readBase }: ResolveTextOptions,
  signal: AbortSignal,
): Promise<ResolvedText> {
  const found = parseConflicts(document.text);
  const needsBase = found.conflicts.some(({ base }) => base === undefined);
  const base = needsBase ? await readBase() : undefined;
  const file = base === undefined ? found : addBases(document.text, found, base);
  const answers: AnsweredConflict[] = [];
  for (const conflict of file.conflicts) {
    const result = await resolver.resolve(document, file, conflict, signal);
    answers.push({ conflict, result, applied: certainResolution(result, minimumConfidence) });
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
