// In place of a line that is not sure enough, the same line with holes where it is unsure: what `partial/` chooses, as a
// suggestion like any other.

import type { Continuation, Finish } from '../../model/index.js';
import { riskLevels, DELTA, branchesOf, doubt, type BlockOffer, type Offer } from '../../partial/index.js';
import type { Syntax } from '../../syntax/index.js';
import { cutContinuation } from '../cut/continuation.js';
import type { Place } from '../place/place.js';
import type { KnownAnswer } from './resultCache.js';
import { showContinuation } from './shownText.js';
import { rangeWithHoles } from './takenRest.js';
import type { CompletionRequest, CompletionSettings, HoleKnowledge, Suggestion } from '../types.js';

/** A document with more UTF-16 units than this is not parsed again between two keys. */
export const LARGEST_DOCUMENT = 300_000;

/** A line that ended so has no end of its own. Where a further line was not wanted, the first one is whole. */
const unfinished: ReadonlySet<Finish> = new Set<Finish>(['sign', 'tokens', 'time', 'repetition', 'earlyStop']);

/** Whether holes may be offered at all, so that a line is written to its end even where it is probably wrong. */
export function wantsHoles(
  { holes }: CompletionSettings,
  languageId: string,
  knowledge: HoleKnowledge | undefined,
  syntax: Syntax,
): knowledge is HoleKnowledge {
  return holes !== 'off' && knowledge !== undefined && syntax.supports(languageId);
}

/**
 * The offer with holes, or undefined where the plain line is as good or there is no guarantee.
 * @param branchesFrom asks the model what it might have written in place of a line; undefined where there is no time
 */
export async function offerHoles(
  answer: KnownAnswer,
  place: Place,
  { trigger, settings, selectedCompletion }: CompletionRequest,
  knowledge: HoleKnowledge,
  syntax: Syntax,
  branchesFrom: (line: Continuation) => Promise<readonly Continuation[] | undefined>,
): Promise<Suggestion | undefined> {
  const { document, lineEnd, inserted } = place;
  const [whole] = answer.continuations;
  // What stands in place of a list's item is not in the document yet.
  if (whole === undefined || settings.holes === 'off' || selectedCompletion !== undefined || inserted !== '') {
    return undefined;
  }
  if (document.text.length > LARGEST_DOCUMENT) return undefined;
  const end = whole.text.indexOf('\n');
  const line = end === -1 ? whole : cutContinuation(whole, end);
  if (unfinished.has(line.finish)) return undefined;
  const context = { place, trigger, isTypedAlong: answer.typed > 0 };
  const shown = showContinuation(line, context);
  if ('dropped' in shown || shown.text.includes(lineEnd)) return undefined;
  const completion = {
    languageId: document.languageId,
    prefix: document.text.slice(0, shown.range.start),
    suffix: document.text.slice(shown.range.end),
    text: shown.text,
    tokens: shown.tokens,
  };
  const options = {
    syntax,
    score: knowledge.score,
    calibrations: knowledge.calibrations(),
    holes: settings.mostHoles,
    epsilon: riskLevels[settings.holes],
    delta: DELTA,
    key: holesKey(document.uri),
  };
  const doubted = await doubt(completion, options);
  if (doubted === undefined) return undefined;
  try {
    const others = await branchesFrom(line);
    if (others === undefined) return undefined;
    const branches = branchesOf(line.tokens, others).map((branch, index) => {
      // What the filters do to the line they do to these.
      const other = showContinuation(others[index]!, context);
      return 'dropped' in other ? branch : { ...branch, text: other.text };
    });
    const offer = await doubted.offer(branches);
    if (offer === undefined) return undefined;
    const range = rangeWithHoles(shown, offer, place);
    return range && suggestionOf({ ...shown, range }, offer);
  } finally {
    doubted.release();
  }
}

/** The key of the tree that is parsed of a document with a completion in it. */
export function holesKey(uri: string): string {
  return `${uri}#holes`;
}

/** @param shown what the offer was made of */
export function suggestionOf(
  { text, range, tokens }: Pick<Suggestion, 'text' | 'range' | 'tokens'>,
  offer: Offer | BlockOffer,
): Suggestion {
  return {
    text: offer.text,
    range,
    probability: offer.probability,
    tokens,
    holes: {
      sentence: offer.sentence,
      holes: offer.holes.map(({ range: place, replaced, kind, isRest, reason, probability }, index) => ({
        range: place,
        kind,
        isRest,
        reason,
        wouldBe: text.slice(replaced.start, replaced.end),
        probability,
        choices: offer.choices[index]!,
      })),
    },
  };
}
