// Lines that a model has already written, recorded with their tokens: evaluations and trainings of holes read them instead
// of running the model again.

import { z } from 'zod';
import type { Completion } from '../partial/index.js';
import { readItems } from './data.js';
import type { EditItem } from './editItem.js';
import { languageIdOf } from './sourceFile.js';

const recordedToken = z.object({
  start: z.number(),
  end: z.number(),
  entropy: z.number(),
  /** The best choices, the token first: [id, log-probability]. */
  top: z.array(z.tuple([z.number(), z.number()])).min(1),
});

const recordedLine = z.object({
  id: z.string(),
  /** Characters of the item's line that stand before the cursor. */
  cut: z.number().default(0),
  text: z.string(),
  tokens: z.array(recordedToken),
});
export type RecordedLine = z.infer<typeof recordedLine>;

/** Lines with the items that they were written for; those of other items are left out. */
export interface LineOfItem {
  readonly item: EditItem;
  readonly cut: number;
  readonly completion: Completion;
  /** What the author wrote in the completion's place. */
  readonly author: string;
}

export async function readRecords(
  files: readonly string[],
  items: readonly EditItem[],
): Promise<readonly LineOfItem[]> {
  const byId = new Map(items.map((item) => [item.id, item]));
  return (await readItems(files, recordedLine)).flatMap((line) => {
    const item = byId.get(line.id);
    return item === undefined ? [] : lineOfItem(item, line);
  });
}

export function lineOfItem(item: EditItem, { cut, text, tokens }: RecordedLine): LineOfItem {
  return {
    item,
    cut,
    completion: {
      languageId: languageIdOf(item.path),
      prefix: item.prefix + item.target_line.slice(0, cut),
      suffix: item.suffix,
      text,
      tokens: tokens.map(({ start, end, entropy, top: [best, second] }) => ({
        start,
        end,
        entropy,
        logProbability: best![1],
        ...(second === undefined ? {} : { runnerUp: second[1] }),
      })),
    },
    author: item.target_line.slice(cut),
  };
}
