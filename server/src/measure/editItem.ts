// A line that a commit really added, in the file as it was before: what evaluations, recordings and calibrations work on.

import * as z from 'zod';
import type { DocumentSnapshot } from '../common/document.js';
import { languageIdOf } from '../languages/index.js';

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
