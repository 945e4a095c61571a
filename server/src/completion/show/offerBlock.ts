// In place of a suggestion without holes, a block with holes that keeps more lines: what `partial/` chooses, as a suggestion
// like any other.

import type { Continuation } from '../../model/index.js';
import { blockGuarantee, chooseBlock, DELTA, linesOf, PROBABLY_RIGHT, riskLevels } from '../../partial/index.js';
import type { Syntax } from '../../syntax/index.js';
import { opensBlock } from '../cut/extent.js';
import type { Place } from '../place/place.js';
import { holesKey, LARGEST_DOCUMENT, suggestionOf } from './offerHoles.js';
import type { KnownAnswer } from './resultCache.js';
import { shownBlock } from './shownBlock.js';
import type { CompletionRequest, CompletionResult, HoleKnowledge, Suggestion } from '../types.js';

/**
 * @param plain what is suggested without holes
 * @param blockFrom asks the model for the block; undefined where it is a single line
 * @returns undefined where the plain suggestion has as many lines or there is no guarantee
 */
export async function offerBlock(
  answer: KnownAnswer,
  place: Place,
  { trigger, settings, selectedCompletion }: CompletionRequest,
  plain: CompletionResult,
  { score, blocks }: HoleKnowledge,
  syntax: Syntax,
  blockFrom: () => Promise<Continuation | undefined>,
): Promise<Suggestion | undefined> {
  const { document, inserted, rest } = place;
  const { holes: risk, lines, mostHoles } = settings;
  if (blocks === undefined || risk === 'off' || lines === 1 || rest.trim() !== '') return undefined;
  // What stands in place of a list's item is not in the document yet.
  if (selectedCompletion !== undefined || inserted !== '') return undefined;
  if (document.text.length > LARGEST_DOCUMENT || !mayBeBlock(answer, place)) return undefined;
  const wanted = { holes: mostHoles, epsilon: riskLevels[risk], delta: DELTA };
  const guarantee = blockGuarantee(blocks, wanted);
  if (guarantee === undefined) return undefined;
  const written = await blockFrom();
  const shown = written && shownBlock(written, place, trigger, answer.typed > 0);
  if (shown === undefined) return undefined;
  const { completion, suggestion } = shown;
  const offer = await chooseBlock(completion, {
    ...wanted,
    syntax,
    score,
    calibration: blocks,
    guarantee,
    plainLines: linesSuggested(plain),
    key: holesKey(document.uri),
  });
  if (offer === undefined || offer.holes.length === 0) return undefined;
  return suggestionOf({ ...suggestion, text: offer.completion.text }, offer);
}

/** Whether a block was asked for, or its first line. */
function mayBeBlock({ kind, continuations }: KnownAnswer, { linePrefix, document }: Place): boolean {
  if (kind !== undefined && kind !== 'line') return true;
  const [line = ''] = (continuations[0]?.text ?? '').split('\n');
  return opensBlock(linePrefix + line, document.languageId);
}

/** A suggestion that is probably wrong is not worth its lines. */
function linesSuggested(plain: CompletionResult): number {
  const [first] = plain.kind === 'suggestions' ? plain.suggestions : [];
  return first === undefined || first.probability < PROBABLY_RIGHT ? 0 : linesOf(first.text).length;
}
