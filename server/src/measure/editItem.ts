// A line that a commit really added, in the file as it was before: what evaluations, recordings and calibrations work on.

import * as z from 'zod';
import type { DocumentSnapshot } from '../common/document.js';
import { languageIdOf } from '../languages/index.js';
import { buildPrompt } from '../completion/index.js';
import type { Prompt } from '../model/index.js';

export const editItem = z.object({
  id: z.string(),
  repo: z.string(),
  path: z.string(),
  language: z.string(),
  kind: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  target_line: z.string(),
});
export type EditItem = z.infer<typeof editItem>;

/** @param cut characters of the item's line that stand before the cursor */
export function promptOf(item: EditItem, cut = 0): Prompt {
  const prefix = item.prefix + item.target_line.slice(0, cut);
  return buildPrompt(documentOf({ ...item, prefix }), prefix.length).prompt;
}

/** The document as it was before the line was written: the target is in neither part. */
export function documentOf(item: EditItem): DocumentSnapshot {
  return {
    // One name for all items: the model keeps a prompt cache for each document, and these need only one.
    uri: 'eval:/item',
    languageId: languageIdOf(item.path),
    version: 1,
    text: item.prefix + item.suffix,
    path: item.path,
  };
}
