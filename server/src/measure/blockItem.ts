// A place at which a commit really added a line or several, in the file as it was before: what is measured of blocks.

import * as z from 'zod';
import { editItem } from './editItem.js';

export const blockItem = editItem.extend({
  /** What the author wrote from the cursor on, up to ten lines of it. */
  target_block: z.string(),
  /** Whether the lines that the author added below are not in the suffix. */
  suffix_future_removed: z.boolean().default(false),
  /** Whether the line takes the place of one that resembles it. */
  modified: z.boolean().default(false),
});
export type BlockItem = z.infer<typeof blockItem>;

/**
 * Whether somebody began to write there on a line of its own, with nothing of it below: a block may be suggested, be it that
 * the author wrote one or a single line.
 */
export function isPlaceOfBlock({ kind, target_block: block, suffix_future_removed, modified }: BlockItem): boolean {
  return kind === 'line-start' && !modified && (suffix_future_removed || !block.trimEnd().includes('\n'));
}
