// The full greedy rest of the line, whatever the editor would show of it: what the evaluations compare with the truth.

import { untilAborted } from '../common/abort.js';
import type { Continuation, GenerateRequest, GenerationTiming, LanguageModel } from '../model/index.js';
import { SaidError } from '../common/saidError.js';
import { words } from '../common/words.js';

/** Longer lines than this are data; the model would only be timed at copying. */
const MAXIMUM_TOKENS = 200;
/** Far beyond what a line or a block takes, so that a busy machine does not change the result. */
export const UNHURRIED_MS = 120_000;

export interface GeneratedLine {
  readonly continuation: Continuation;
  /** Other lines, where they were asked for. */
  readonly branches: readonly Continuation[] | undefined;
  readonly timing: GenerationTiming;
  /** Wall time of the request. */
  readonly ms: number;
}

/**
 * Generates the rest of the line. A model that stopped is waited for, so long at most, and asked once more, so that a long run survives it.
 * @throws AbortError; Error with one sentence when the model cannot answer
 */
export async function generateLine(
  model: LanguageModel,
  asked: Pick<GenerateRequest, 'prompt' | 'references' | 'exits' | 'drafts' | 'branches' | 'signals'>,
  signal: AbortSignal,
): Promise<GeneratedLine> {
  const request = {
    ...asked,
    alternatives: 1,
    maximumLines: 1,
    maximumTokens: MAXIMUM_TOKENS,
    maximumMs: UNHURRIED_MS,
  };
  const generate = async (): Promise<GeneratedLine> => {
    const began = performance.now();
    const { continuations, branches, timing } = await model.generate(request, signal);
    const [continuation] = continuations;
    if (continuation === undefined) throw new SaidError(words('The model gave no continuation.'));
    return { continuation, branches, timing, ms: performance.now() - began };
  };
  return generate().catch(async (error: unknown) => {
    if (signal.aborted) throw error;
    const late = AbortSignal.timeout(UNHURRIED_MS);
    await untilAborted(model.ready(), AbortSignal.any([signal, late])).catch((over: unknown) => {
      throw late.aborted ? error : over;
    });
    return generate();
  });
}
