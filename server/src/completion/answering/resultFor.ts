// From a known or computed answer to what is shown: the plain line, or the same with holes in front of it.

import { isAbortError } from '../../common/abort.js';
import { messageOf } from '../../common/messageOf.js';
import type { Continuation, GenerationTiming } from '../../model/index.js';
import { thresholdsOf } from '../ask/certainty.js';
import type { Place } from '../place/place.js';
import { offerBlock } from '../show/offerBlock.js';
import { offerHoles, wantsHoles } from '../show/offerHoles.js';
import { resultOf, withOffer } from '../show/result.js';
import type { KnownAnswer } from '../show/resultCache.js';
import type { CompletionRequest, CompletionResult, Suggestion } from '../types.js';
import { computeBlock, computeBranches } from './compute.js';
import type { Tools } from './tools.js';

/** Milliseconds that a line with holes is waited for: where the line itself would be shown, and where nothing would. */
const WAIT_IN_PLACE_OF_LINE_MS = 300;
const WAIT_IN_PLACE_OF_NOTHING_MS = 1_600;
/** What is left for branches however long a block took. */
const LEAST_WAIT_MS = 100;

/**
 * @param timing undefined when the answer was known and nothing was computed
 * @throws AbortError when the signal is aborted
 */
export async function resultFor(
  tools: Tools,
  answer: KnownAnswer,
  place: Place,
  request: CompletionRequest,
  timing: GenerationTiming | undefined,
  signal: AbortSignal,
): Promise<CompletionResult> {
  const { model, syntax, logger } = tools;
  const { settings, document } = request;
  const { shown } = thresholdsOf(model, settings.certainty, settings.leastShown);
  const plain = resultOf(answer, place, request, timing, shown);
  const knowledge = tools.holes?.();
  if (!wantsHoles(settings, document.languageId, knowledge, syntax)) return plain;
  const patienceMs = patienceOf(request, plain);
  const began = tools.now();
  const orNone = (offering: Promise<Suggestion | undefined>): Promise<Suggestion | undefined> =>
    offering.catch((error: unknown) => {
      if (isAbortError(error)) throw error;
      logger.error(`Holes could not be chosen: ${messageOf(error)}`);
      return undefined;
    });
  const blockFrom = () => computeBlock(tools, answer, place, settings, patienceMs, signal);
  const block = await orNone(offerBlock(answer, place, request, plain, knowledge, syntax, blockFrom));
  if (block !== undefined) return withOffer(block, plain, timing);
  const branchesFrom = (line: Continuation) => {
    // A block that came to nothing has taken of the same patience.
    const leftMs = Math.max(LEAST_WAIT_MS, patienceMs - (tools.now() - began));
    return computeBranches(tools, answer, place, settings, line, leftMs, signal);
  };
  const offer = await orNone(offerHoles(answer, place, request, knowledge, syntax, branchesFrom));
  return offer === undefined ? plain : withOffer(offer, plain, timing);
}

/** Milliseconds that a line with holes is waited for. */
function patienceOf({ trigger, settings }: CompletionRequest, plain: CompletionResult): number {
  if (plain.kind === 'suggestions' && trigger === 'automatic') return WAIT_IN_PLACE_OF_LINE_MS;
  // Who lets a suggestion take longer waits longer for one with holes, where there is nothing else to show.
  return Math.max(WAIT_IN_PLACE_OF_NOTHING_MS, settings.maximumMs / 2);
}
