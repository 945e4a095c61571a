// Blocks that a model has written, recorded with their tokens: evaluations and calibrations of blocks read them instead of
// running the model again.

import * as z from 'zod';
import { showBlockAt } from '../completion/index.js';
import type { Continuation, Finish } from '../model/index.js';
import type { Completion } from '../partial/index.js';
import type { BlockItem } from './blockItem.js';
import { readWithItems } from './data.js';
import { documentOf } from './editItem.js';

const finishes = [
  'lines',
  'sign',
  'block',
  'endOfText',
  'tokens',
  'time',
  'repetition',
  'unlikely',
  'earlyStop',
] as const satisfies readonly Finish[];

const token = z.object({ start: z.number(), end: z.number(), logProbability: z.number(), entropy: z.number() });

export const blockRecord = z.object({
  id: z.string(),
  /** The block as it was written; null where it was no block. */
  block: z.object({ text: z.string(), tokens: z.array(token), finish: z.enum(finishes) }).nullable(),
  /** What the editor suggests there without holes, and the probability (0-1) of that; null where that is nothing. */
  plain: z.object({ text: z.string(), probability: z.number() }).nullable(),
  /** From which probability on the editor shows it. */
  leastShown: z.number(),
});
export type BlockRecord = z.infer<typeof blockRecord>;

export function blockRecordOf(
  id: string,
  block: Continuation | undefined,
  plain: BlockRecord['plain'],
  leastShown: number,
): BlockRecord {
  if (block === undefined) return { id, block: null, plain, leastShown };
  const { text, tokens, finish } = block;
  const bare = tokens.map(({ start, end, logProbability, entropy }) => ({ start, end, logProbability, entropy }));
  return { id, block: { text, tokens: bare, finish }, plain, leastShown };
}

/** A block with the item that it was written for. */
export interface BlockOfItem {
  readonly item: BlockItem;
  readonly record: BlockRecord;
  /** Undefined where the model wrote no block, or the editor's filters leave none. */
  readonly completion: Completion | undefined;
}

/** Blocks with the items that they were written for; those of other items are left out. */
export function readBlocks(files: readonly string[], items: readonly BlockItem[]): Promise<readonly BlockOfItem[]> {
  return readWithItems(files, blockRecord, items, blockOfItem);
}

export function blockOfItem(item: BlockItem, record: BlockRecord): BlockOfItem {
  const { block } = record;
  if (block === null) return { item, record, completion: undefined };
  const continuation: Continuation = {
    ...block,
    tokens: block.tokens.map((one) => ({ ...one, id: 0, layers: 0 })),
    logProbability: block.tokens.reduce((sum, { logProbability }) => sum + logProbability, 0),
  };
  return { item, record, completion: showBlockAt(documentOf(item), item.prefix.length, continuation)?.completion };
}
