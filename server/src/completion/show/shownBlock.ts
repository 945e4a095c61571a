// From a block that the model wrote to the text that a partial program of several lines is made from.

import type { DocumentSnapshot } from '../../common/document.js';
import type { Continuation } from '../../model/index.js';
import { linesOf, type Completion } from '../../partial/index.js';
import { locate, type Place } from '../place/place.js';
import type { CompletionRequest, Suggestion } from '../types.js';
import { showContinuation } from './shownText.js';

export interface ShownBlock {
  readonly suggestion: Suggestion;
  /** The same in the document's text. */
  readonly completion: Completion;
}

/** @returns undefined where the filters leave less than two lines */
export function shownBlock(
  block: Continuation,
  place: Place,
  trigger: CompletionRequest['trigger'],
  isTypedAlong = false,
): ShownBlock | undefined {
  const suggestion = showContinuation(block, { place, trigger, isTypedAlong });
  if ('dropped' in suggestion || linesOf(suggestion.text).length < 2) return undefined;
  const { document } = place;
  const { text, range, tokens } = suggestion;
  return {
    suggestion,
    completion: {
      languageId: document.languageId,
      prefix: document.text.slice(0, range.start),
      suffix: document.text.slice(range.end),
      text,
      tokens,
    },
  };
}

/** The same at a place of which nothing is remembered, for measuring. */
export function showBlockAt(document: DocumentSnapshot, offset: number, block: Continuation): ShownBlock | undefined {
  return shownBlock(block, locate(document, offset), 'manual');
}
