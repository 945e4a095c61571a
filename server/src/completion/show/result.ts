// From an answer of the model to the result of a request: show, filter, rank, or say why there is nothing to show.

import type { Continuation, GenerationTiming } from '../../model/index.js';
import type { Place } from '../place/place.js';
import { rankSuggestions } from './rank.js';
import type { KnownAnswer } from './resultCache.js';
import { showContinuation } from './shownText.js';
import type { CompletionRequest, CompletionResult, NoSuggestionReason, Suggestion } from '../types.js';

/**
 * @param timing undefined when the answer was known and nothing was computed
 * @param leastShown the least probability (0-1) with which a suggestion is shown that was not asked for by hand
 */
export function resultOf(
  answer: KnownAnswer,
  place: Place,
  { trigger, alternatives }: CompletionRequest,
  timing: GenerationTiming | undefined,
  leastShown: number,
): CompletionResult {
  const shown = answer.continuations.map((continuation) =>
    showContinuation(continuation, { place, trigger, isTypedAlong: answer.typed > 0 }),
  );
  const suggestions = shown.filter((one): one is Suggestion => !('dropped' in one));
  const likely = suggestions.filter(({ probability }) => trigger === 'manual' || probability >= leastShown);
  const ranked = rankSuggestions(likely, Math.max(1, alternatives), place);
  if (ranked.length > 0) {
    return timing === undefined
      ? { kind: 'suggestions', suggestions: ranked, source: 'cache' }
      : { kind: 'suggestions', suggestions: ranked, source: 'model', timing };
  }
  const dropped = shown.find((one) => 'dropped' in one)?.dropped;
  return none(suggestions.length > 0 ? 'unlikely' : (dropped ?? 'nothingGenerated'), timing, answer.continuations[0]);
}

/** A suggestion with holes goes first; the plain line can still be cycled to where it is likely enough. */
export function withOffer(
  offer: Suggestion,
  plain: CompletionResult,
  timing: GenerationTiming | undefined,
): CompletionResult {
  const suggestions = [offer, ...(plain.kind === 'suggestions' ? plain.suggestions : [])];
  return timing === undefined
    ? { kind: 'suggestions', suggestions, source: 'cache' }
    : { kind: 'suggestions', suggestions, source: 'model', timing };
}

export function none(reason: NoSuggestionReason, timing?: GenerationTiming, attempt?: Continuation): CompletionResult {
  return {
    kind: 'none',
    reason,
    ...(timing === undefined ? {} : { timing }),
    ...(attempt === undefined ? {} : { attempt }),
  };
}
