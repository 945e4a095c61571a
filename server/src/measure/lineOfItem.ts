// A line that the model wrote, with the item that it was written for.

import { languageIdOf } from '../languages/index.js';
import type { Completion, Branch, PartialToken } from '../partial/index.js';
import type { EditItem } from './editItem.js';

export interface LineOfItem {
  readonly item: EditItem;
  readonly cut: number;
  readonly completion: Completion;
  /** What the author wrote in the completion's place. */
  readonly author: string;
}

/** @param cut characters of the item's line that stand before the cursor */
export function lineFrom(
  item: EditItem,
  cut: number,
  text: string,
  tokens: readonly PartialToken[],
  branches?: readonly Branch[],
): LineOfItem {
  return {
    item,
    cut,
    completion: {
      languageId: languageIdOf(item.path),
      prefix: item.prefix + item.target_line.slice(0, cut),
      suffix: item.suffix,
      text,
      tokens,
      ...(branches === undefined ? {} : { branches }),
    },
    author: item.target_line.slice(cut),
  };
}
