// Lines that a model has already written, recorded with their tokens: evaluations and trainings of holes read them instead
// of running the model again.

import * as z from 'zod';
import { readWithItems } from './data.js';
import type { Branch, Completion } from '../partial/index.js';
import type { EditItem } from './editItem.js';
import { lineFrom, type LineOfItem } from './lineOfItem.js';

const recordedToken = z.object({ start: z.number(), end: z.number(), entropy: z.number() });
const withChoices = recordedToken.extend({
  /** The best choices, the token first: [id, log-probability]. */
  top: z.array(z.tuple([z.number(), z.number()])).min(1),
});

/** A branch; recordings have older names for it and two of its parts, so that those made before can be read. */
const recordedBranch = z
  .object({ text: z.string(), logProbability: z.number(), leaving: z.number(), fit: z.number().optional() })
  .transform(({ text, logProbability, leaving, fit }): Branch => ({
    text,
    logProbability,
    branchLogProbability: leaving,
    ...(fit === undefined ? {} : { nextLineScore: fit }),
  }));

/** A line as `record` writes it, or as `eval edits --out` and `eval partial --out` do; only the last has branches. */
export const writtenRecord = z.object({
  id: z.string(),
  generated: z.string(),
  list: z.array(recordedToken.extend({ logProbability: z.number() })),
  departures: z.array(recordedBranch).optional(),
});
const recordedLine = z.union([
  z.object({ id: z.string(), cut: z.number(), text: z.string(), tokens: z.array(withChoices) }),
  writtenRecord,
]);
type RecordedLine = z.infer<typeof recordedLine>;

/** A line as `eval partial --out` writes it. */
export function recordOf(
  id: string,
  { text, tokens, branches }: Pick<Completion, 'text' | 'tokens' | 'branches'>,
): object {
  const departures = branches?.map(({ branchLogProbability, nextLineScore, ...line }) => ({
    ...line,
    leaving: branchLogProbability,
    fit: nextLineScore,
  }));
  return { id, generated: text, list: tokens, departures };
}

/** Lines with the items that they were written for; those of other items are left out. */
export function readRecords(files: readonly string[], items: readonly EditItem[]): Promise<readonly LineOfItem[]> {
  return readWithItems(files, recordedLine, items, lineOfItem);
}

export function lineOfItem(item: EditItem, line: RecordedLine): LineOfItem {
  if ('generated' in line) return lineFrom(item, 0, line.generated, line.list, line.departures);
  const tokens = line.tokens.map(({ start, end, entropy, top }) => ({
    start,
    end,
    entropy,
    logProbability: top[0]![1],
  }));
  return lineFrom(item, line.cut, line.text, tokens);
}
