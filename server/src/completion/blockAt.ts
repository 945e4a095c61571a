// A block at a place of which nothing is remembered, as the editor would ask for it and show it; for measuring.

import type { DocumentSnapshot } from '../common/document.js';
import type { Continuation, LanguageModel } from '../model/index.js';
import type { Syntax } from '../syntax/index.js';
import { askBlock } from './ask/askBlock.js';
import { type ContextPart, keyOf } from './context/index.js';
import { chooseExtent } from './cut/extent.js';
import { locate } from './place/place.js';
import { defaultCompletionSettings } from './settings.js';
import { shownBlock, type ShownBlock } from './show/shownBlock.js';

/** Far beyond what ten lines take, so that a busy machine does not change the result. */
const MAXIMUM_MS = 120_000;

/**
 * @param context what is shown of other files; a completer that has prepared the place has computed the prompt
 * @returns undefined where the editor would not ask for a block, or the model writes a single line
 */
export async function writeBlockAt(
  model: LanguageModel,
  syntax: Syntax,
  document: DocumentSnapshot,
  offset: number,
  context: readonly ContextPart[],
  signal: AbortSignal,
): Promise<Continuation | undefined> {
  const place = locate(document, offset);
  const { languageId, text } = place.document;
  const tree = await syntax.parse(languageId, text);
  const { kind } = chooseExtent(place, defaultCompletionSettings.lines, tree);
  tree?.delete();
  const question = {
    place,
    kind,
    settings: defaultCompletionSettings,
    start: { parts: context, key: keyOf(document.uri, true) },
  };
  return askBlock(model, question, MAXIMUM_MS, signal);
}

/** What the editor would make of a block that was written at such a place. */
export function showBlockAt(document: DocumentSnapshot, offset: number, block: Continuation): ShownBlock | undefined {
  return shownBlock(block, locate(document, offset), 'manual');
}
