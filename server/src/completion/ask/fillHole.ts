// What might fill a hole that stands in a document: the model's own best beginnings there, each continued, and cut where
// the hole's subtree ends. Other holes are read as if they held what the model would have written there.

import type { DocumentSnapshot } from '../../common/document.js';
import type { OffsetRange } from '../../common/range.js';
import type { LanguageModel } from '../../model/index.js';
import { fillingsOf, isWord, signBehind, type Filling } from '../../partial/index.js';
import type { Syntax } from '../../syntax/index.js';
import { locate } from '../place/place.js';
import { secrets } from '../postprocess/secrets.js';
import { promptOf, type PromptStart } from './prompt.js';
import type { FillRequest } from '../types.js';
import type { Window } from '../place/window.js';

/** Different beginnings that are asked for, and how far and how long each is followed. */
const ALTERNATIVES = 3;
const MAXIMUM_TOKENS = 16;
const MAXIMUM_MS = 3_000;
/** Once the prompt is computed somebody is looking at the hole; what is found by then is shown. */
const DECODE_MS = 90;

/** What the last request of the document was asked with, so that the model knows most of the prompt. */
export interface Remembered {
  readonly window: Window | undefined;
  readonly context: PromptStart;
}

/**
 * The likeliest first, at most five; their probabilities sum to at most 1.
 * @param key under which the room `syntax` keeps the tree that the next parse begins with
 */
export async function fillHole(
  model: LanguageModel,
  syntax: Syntax,
  remembered: Remembered,
  request: FillRequest,
  key: string,
  signal: AbortSignal,
): Promise<readonly Filling[]> {
  const { document, hole } = withoutPlaceholders(request);
  const place = locate(document, hole.start, remembered.window);
  const { text, languageId } = place.document;
  const nextLine = text.slice(hole.end).search(/[\r\n]/);
  const lineEnd = nextLine === -1 ? text.length : hole.end + nextLine;
  const after = text.slice(hole.end, lineEnd);
  const sign = signBehind(after);
  const { continuations } = await model.generate(
    {
      prompt: promptOf(place, remembered.context),
      alternatives: ALTERNATIVES,
      maximumLines: 1,
      maximumTokens: MAXIMUM_TOKENS,
      maximumMs: MAXIMUM_MS,
      maximumDecodeMs: DECODE_MS,
      exits: request.settings.exits,
      // The first one is what the model wrote before, so it is only to be verified.
      references: [place.linePrefix + text.slice(hole.start, lineEnd)],
      // A word may be the beginning of a longer one for as long as nothing follows it.
      ...(sign === '' || isWord(sign) ? {} : { stopBefore: sign }),
    },
    signal,
  );
  const completion = {
    languageId,
    prefix: text.slice(0, hole.start),
    suffix: text.slice(lineEnd),
    text: text.slice(hole.start, lineEnd),
    tokens: [],
  };
  const fillings = await fillingsOf(completion, { start: 0, end: hole.end - hole.start }, continuations, syntax, key);
  const context = { place, trigger: 'manual', isTypedAlong: false } as const;
  return fillings.filter(({ text: filling }) => typeof secrets(filling, context) === 'string');
}

/** The document as the model wrote it, and where the hole is in it. */
function withoutPlaceholders({ document, hole, others }: FillRequest): {
  readonly document: DocumentSnapshot;
  readonly hole: OffsetRange;
} {
  let { text } = document;
  let { start } = hole.range;
  // From the last one on, so that the places of those before stay as they are.
  for (const { range, wouldBe } of [hole, ...others].sort((a, b) => b.range.start - a.range.start)) {
    text = text.slice(0, range.start) + wouldBe + text.slice(range.end);
    if (range.end <= start && range !== hole.range) start += wouldBe.length - (range.end - range.start);
  }
  return { document: { ...document, text }, hole: { start, end: start + hole.wouldBe.length } };
}
