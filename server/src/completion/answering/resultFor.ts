// From a known or computed answer to what is shown: the plain line, or the same with holes in front of it, which may follow.

import { isAbortError } from '../../common/abort.js';
import { messageOf } from '../../common/messageOf.js';
import type { Continuation, GenerationTiming } from '../../model/index.js';
import { thresholdsOf } from '../ask/certainty.js';
import type { Place } from '../place/place.js';
import { offerBlock } from '../show/offerBlock.js';
import { offerHoles, wantsHoles } from '../show/offerHoles.js';
import { resultOf, withOffer } from '../show/result.js';
import type { KnownAnswer } from '../show/resultCache.js';
import type { CompletionRequest, CompletionResult, CompletionSettings, Suggestion } from '../types.js';
import { computeBlock, computeBranches } from './compute.js';
import type { Tools } from './tools.js';

/** Milliseconds that a line with holes is waited for: where the line itself waits for it, and where nobody does. */
const WAIT_IN_PLACE_OF_LINE_MS = 300;
const WAIT_MS = 1_600;
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
  const { settings } = request;
  const { shown } = thresholdsOf(model, settings.certainty, settings.leastShown);
  const plain = resultOf(answer, place, request, timing, shown);
  const knowledge = tools.holes?.();
  if (!wantsHoles(settings, place.document.languageId, knowledge, syntax)) return plain;
  // Where the block is known, or what else might have been written, there is nothing to wait for.
  const isKnown = answer.branches !== undefined || (answer.block ?? undefined) !== undefined;
  const mayFollow = request.holesMayFollow === true && isLineByItself(request, plain) && !isKnown;
  const patienceMs = isLineByItself(request, plain) && !mayFollow ? WAIT_IN_PLACE_OF_LINE_MS : patienceOf(settings);
  const offerFrom = async (wanted: AbortSignal): Promise<Suggestion | undefined> => {
    const began = tools.now();
    const orNone = (offering: Promise<Suggestion | undefined>): Promise<Suggestion | undefined> =>
      offering.catch((error: unknown) => {
        if (isAbortError(error)) throw error;
        logger.error(`Holes could not be chosen: ${messageOf(error)}`);
        return undefined;
      });
    const blockFrom = () => computeBlock(tools, answer, place, settings, patienceMs, wanted);
    const block = await orNone(offerBlock(answer, place, request, plain, knowledge, syntax, blockFrom));
    if (block !== undefined) return block;
    const branchesFrom = (line: Continuation) => {
      // A block that came to nothing has taken of the same patience.
      const leftMs = Math.max(LEAST_WAIT_MS, patienceMs - (tools.now() - began));
      return computeBranches(tools, answer, place, settings, line, leftMs, wanted);
    };
    return orNone(offerHoles(answer, place, request, knowledge, syntax, branchesFrom));
  };
  if (mayFollow) return { ...plain, holesFollow: (wanted) => follow(tools, request, offerFrom, wanted) };
  const offer = await offerFrom(signal);
  return offer === undefined ? plain : withOffer(offer, plain, timing);
}

/** Whether there is an offer for the line that is shown; false where nobody waits for it any longer. */
async function follow(
  { documents }: Tools,
  { document, offset }: CompletionRequest,
  offerFrom: (signal: AbortSignal) => Promise<Suggestion | undefined>,
  signal: AbortSignal,
): Promise<boolean> {
  const state = documents.of(document.uri);
  const controller = new AbortController();
  state.following?.controller.abort();
  const following = (state.following = { offset, controller });
  try {
    return (await offerFrom(AbortSignal.any([signal, controller.signal]))) !== undefined;
  } catch {
    return false;
  } finally {
    if (state.following === following) state.following = undefined;
  }
}

/** Whether there is a line to show that nobody asked for, so that nothing has to be waited for. */
function isLineByItself(
  { trigger }: CompletionRequest,
  plain: CompletionResult,
): plain is Extract<CompletionResult, { kind: 'suggestions' }> {
  return plain.kind === 'suggestions' && trigger === 'automatic';
}

/** Milliseconds that a line with holes is waited for, where that holds up nothing: who lets a line take longer waits longer. */
function patienceOf({ maximumMs }: CompletionSettings): number {
  return Math.max(WAIT_MS, maximumMs / 2);
}
