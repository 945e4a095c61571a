// What might fill a hole that stands in a document: the model's own best beginnings there, each continued, and cut where
// the hole's subtree ends. Other holes are read as if they held what the model would have written there.

import type { DocumentSnapshot } from '../common/document.js';
import type { OffsetRange } from '../common/range.js';
import type { LanguageModel } from '../model/index.js';
import { fillingsOf, type Filling } from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import { locate } from './place.js';
import { promptOf } from './prompt.js';
import type { CompletionSettings } from './types.js';
import type { Window } from './window.js';

export interface FillRequest {
  readonly document: DocumentSnapshot;
  /** The placeholder. */
  readonly hole: OffsetRange;
  /** Other placeholders, and what to read in their place. */
  readonly others: readonly { readonly range: OffsetRange; readonly text: string }[];
  readonly settings: Pick<CompletionSettings, 'exits'>;
}

/** Different beginnings that are asked for, and how far and how long each is followed. */
const ALTERNATIVES = 3;
const MAXIMUM_TOKENS = 16;
const MAXIMUM_MS = 1_000;

/** The likeliest first, at most five; their probabilities sum to at most 1. */
export async function fillHole(
  model: LanguageModel,
  syntax: Syntax,
  window: Window | undefined,
  request: FillRequest,
  signal: AbortSignal,
): Promise<readonly Filling[]> {
  const { document, hole } = filledOthers(request);
  const place = locate(document, hole.start, window);
  const { continuations } = await model.generate(
    {
      prompt: promptOf(place),
      alternatives: ALTERNATIVES,
      maximumLines: 1,
      maximumTokens: MAXIMUM_TOKENS,
      maximumMs: MAXIMUM_MS,
      exits: request.settings.exits,
    },
    signal,
  );
  const { text, languageId } = document;
  const nextLine = text.slice(hole.end).search(/[\r\n]/);
  const lineEnd = nextLine === -1 ? text.length : hole.end + nextLine;
  const completion = {
    languageId,
    prefix: text.slice(0, hole.start),
    suffix: text.slice(lineEnd),
    text: text.slice(hole.start, lineEnd),
    tokens: [],
  };
  return fillingsOf(completion, { start: 0, end: hole.end - hole.start }, continuations, syntax);
}

function filledOthers({ document, hole, others }: FillRequest): Pick<FillRequest, 'document' | 'hole'> {
  let { text } = document;
  let { start, end } = hole;
  // From the last one on, so that the places of those before stay as they are.
  for (const { range, text: filling } of [...others].sort((a, b) => b.range.start - a.range.start)) {
    if (range.start < end && range.end > start) continue;
    text = text.slice(0, range.start) + filling + text.slice(range.end);
    const shift = range.end <= start ? filling.length - (range.end - range.start) : 0;
    start += shift;
    end += shift;
  }
  return { document: { ...document, text }, hole: { start, end } };
}
