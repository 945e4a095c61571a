// Answers a conflict: poses the problem, lets the ranker judge, checks what comes first against the syntax tree, and says
// in words what each answer is.

import { isAbortError } from '../common/abort.js';
import type { Logger } from '../common/logger.js';
import type { Syntax } from '../syntax/index.js';
import { contextAfter, contextBefore, OTHER_CONFLICTS } from './context.js';
import { poseProblem } from './poseProblem.js';
import type {
  Conflict,
  ConflictDocument,
  ConflictFile,
  ConflictTexts,
  MergeInput,
  MergeResolver,
  Ranker,
  ResolutionResult,
} from './types.js';

export interface MergeResolverOptions {
  readonly ranker: Ranker;
  readonly syntax: Syntax;
  readonly logger: Logger;
}

/** Answers that are worth showing. */
const MOST_RESOLUTIONS = 10;

export function createMergeResolver({ ranker, syntax, logger }: MergeResolverOptions): MergeResolver {
  const resolveInput = async (input: MergeInput, signal: AbortSignal): Promise<ResolutionResult> => {
    const problem = await poseProblem(input, syntax, signal);
    try {
      const ranked = await ranker.rank(problem, signal);
      signal.throwIfAborted();
      return {
        resolutions: ranked.slice(0, MOST_RESOLUTIONS).map(({ candidate, confidence }) => ({
          text: candidate.text,
          pattern: candidate.pattern,
          source: candidate.source,
          parts: candidate.parts,
          confidence,
          parses: candidate.parses,
          explanation: '',
          pieces: [],
        })),
        reason: undefined,
      };
    } catch (error) {
      if (isAbortError(error)) throw error;
      logger.error(`A conflict could not be ranked: ${String(error)}`);
      return { resolutions: [], reason: 'rankerFailed' };
    }
  };
  return {
    resolveInput,
    resolve: (document, file, conflict, signal) => resolveInput(inputOf(document, file, conflict), signal),
  };
}

function inputOf({ text, languageId, path }: ConflictDocument, file: ConflictFile, conflict: Conflict): MergeInput {
  const first = Math.max(0, conflict.index - OTHER_CONFLICTS / 2);
  const others = file.conflicts
    .slice(first, first + OTHER_CONFLICTS + 1)
    .filter(({ index }) => index !== conflict.index)
    .slice(0, OTHER_CONFLICTS);
  return {
    ...textsOf(conflict),
    before: contextBefore(text, conflict.range),
    after: contextAfter(text, conflict.range),
    languageId,
    path,
    others: others.map(textsOf),
  };
}

function textsOf({ ours, theirs, base }: Conflict): ConflictTexts {
  return { ours: ours.text, theirs: theirs.text, base: base?.text };
}
