// A block at a place of which nothing is remembered, as the editor would ask for it and show it; for measuring.

import type { DocumentSnapshot } from '../common/document.js';
import type { Continuation, LanguageModel } from '../model/index.js';
import type { Syntax } from '../syntax/index.js';
import { askBlock } from './ask/askBlock.js';
import { chooseExtent } from './cut/extent.js';
import { locate } from './place/place.js';
import { defaultCompletionSettings } from './settings.js';
import { shownBlock, type ShownBlock } from './show/shownBlock.js';

/** Far beyond what ten lines take, so that a busy machine does not change the result. */
const MAXIMUM_MS = 120_000;

/** @returns undefined where the editor would not ask for a block, or the model writes a single line */
export async function writeBlockAt(
  model: LanguageModel,
  syntax: Syntax,
  document: DocumentSnapshot,
  offset: number,
  signal: AbortSignal,
): Promise<Continuation | undefined> {
  const place = locate(document, offset);
  const { languageId, text } = place.document;
  const tree = await syntax.parse(languageId, text);
  const { kind } = chooseExtent(place, defaultCompletionSettings.lines, tree);
  tree?.delete();
  const question = { place, kind, settings: defaultCompletionSettings, start: { parts: [], key: document.uri } };
  return askBlock(model, question, MAXIMUM_MS, signal);
}

/** What the editor would make of a block that was written at such a place. */
export function showBlockAt(document: DocumentSnapshot, offset: number, block: Continuation): ShownBlock | undefined {
  return shownBlock(block, locate(document, offset), 'manual');
}
