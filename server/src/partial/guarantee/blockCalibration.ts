// The calibration of blocks: of so many places, how many would have been offered a block with holes at each level, and how
// many of these were wrong outside the holes. It lies beside that of lines, and is about what is offered, as theirs is in the
// editor.

import * as z from 'zod';
import { blockLevels } from './blockOffer.js';
import { clustersOf, countItems } from './clusters.js';
import { blockMethods, type BlockMethod, type EvaluatedBlock } from './evaluateBlock.js';
import { leastCertifiedLevel, type OfferCounts } from './offerGuarantee.js';

const counts = z.array(z.number().int().nonnegative()).length(blockLevels.length);
const row = z.object({
  offered: counts,
  missed: counts,
  designEffects: z.array(z.number().min(1)).length(blockLevels.length),
});

/** What the probabilities of programs are made from: the trained score of parts, or tokens alone. */
export const blockScoreNames = ['parts', 'tokens'] as const;
export type BlockScoreName = (typeof blockScoreNames)[number];

export const blockCalibrationSchema = z.object({
  version: z.literal(1),
  /** The model that wrote the blocks, with a mark of its weights; another one needs another calibration. */
  model: z.string(),
  score: z.enum(blockScoreNames),
  /** Places, among them those where the model wrote no block. */
  n: z.number().int().nonnegative(),
  repositories: z.number().int().nonnegative(),
  /** Places of one repository resemble each other. */
  clusters: z.number().int().nonnegative(),
  /** By method and number of holes (1 first; `lines` and `whole` have one row). */
  methods: z.record(z.enum(blockMethods), z.array(row).min(1)),
});
export type BlockCalibration = z.infer<typeof blockCalibrationSchema>;

export interface CalibrationBlock {
  readonly repository: string;
  readonly path: string;
  readonly evaluated: EvaluatedBlock;
}

export function calibrateBlocks(
  blocks: readonly CalibrationBlock[],
  model: string,
  score: BlockScoreName,
): BlockCalibration {
  const clusters = clustersOf(blocks);
  const rowOf = (method: BlockMethod, holes: number) => {
    const { items, errors, designEffects } = countItems(clusters, blockLevels, ({ evaluated }, index) => {
      const offer = evaluated[method][holes]![index];
      return offer && !offer.isCovered;
    });
    return { offered: items, missed: errors, designEffects };
  };
  const rowsOf = (method: BlockMethod) => (blocks[0]?.evaluated[method] ?? []).map((_, holes) => rowOf(method, holes));
  return {
    version: 1,
    model,
    score,
    n: blocks.length,
    repositories: new Set(blocks.map(({ repository }) => repository)).size,
    clusters: clusters.length,
    methods: {
      editor: rowsOf('editor'),
      holes: rowsOf('holes'),
      lines: rowsOf('lines'),
      whole: rowsOf('whole'),
    },
  };
}

export interface BlockGuarantee {
  /** Place in `blockLevels`. */
  readonly index: number;
  readonly level: number;
  readonly offered: number;
  readonly missed: number;
}

/** The lowest level at which at most ε of what is offered is wrong, with confidence 1-δ; undefined where there is none. */
export function blockGuaranteeFor(
  { methods, n, clusters }: BlockCalibration,
  { method, holes, epsilon, delta }: { method: BlockMethod; holes: number; epsilon: number; delta: number },
): BlockGuarantee | undefined {
  const rows = methods[method];
  const { offered, missed, designEffects } = rows[Math.min(holes, rows.length) - 1]!;
  const all: OfferCounts = { n, clusters, offered, missed, designEffects };
  const index = leastCertifiedLevel(all, epsilon, delta);
  if (index === undefined) return undefined;
  return { index, level: blockLevels[index]!, offered: offered[index]!, missed: missed[index]! };
}
