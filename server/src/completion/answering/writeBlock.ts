// Asks for a block without asking for a line first, and keeps nothing: what evaluations measure.

import type { DocumentSnapshot } from '../../common/document.js';
import type { Continuation } from '../../model/index.js';
import { askBlock } from '../ask/askBlock.js';
import { chooseExtent } from '../cut/extent.js';
import { locate } from '../place/place.js';
import type { CompletionSettings } from '../types.js';
import type { Tools } from './tools.js';

export async function writeBlock(
  { model, syntax, documents }: Tools,
  document: DocumentSnapshot,
  offset: number,
  settings: CompletionSettings,
  signal: AbortSignal,
): Promise<Continuation | undefined> {
  const { window, context } = documents.of(document.uri);
  const place = locate(document, offset, window);
  const { languageId, text } = place.document;
  const tree = await syntax.parse(languageId, text);
  const { kind } = chooseExtent(place, settings.lines, tree);
  tree?.delete();
  const start = { parts: context.parts, key: context.key };
  return askBlock(model, { place, kind, settings, start }, settings.maximumMs, signal);
}
