// Recorded blocks held against their authors' text: what `eval blocks` and `calibrate --blocks` share.

import {
  evaluateBlock,
  isBeginning,
  isFirstLine,
  linesOf,
  noBlock,
  PROBABLY_RIGHT,
  type EvaluatedBlock,
} from '../../../partial/index.js';
import { languageIdOf } from '../../../languages/index.js';
import type { BlockItem } from '../../../measure/blockItem.js';
import type { BlockOfItem } from '../../../measure/blockRecords.js';
import type { TrainedScore } from '../../../partial/index.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import type { Syntax } from '../../../syntax/index.js';
import { evaluateAll } from '../evaluate.js';

/** What the editor suggests without holes. */
export interface PlainOutcome {
  readonly isExact: boolean;
  readonly isFirstLineExact: boolean;
  readonly lines: number;
}

export interface EvaluatedPlace {
  readonly item: BlockItem;
  /** Undefined where nothing is shown. */
  readonly plain: PlainOutcome | undefined;
  readonly isBlock: boolean;
  readonly evaluated: EvaluatedBlock;
}

/** @param parts the trained score of parts; without it raw log-probabilities are taken */
export async function evaluateBlocks(
  blocks: readonly BlockOfItem[],
  parts: TrainedScore['parts'] | undefined,
): Promise<{ readonly evaluated: readonly EvaluatedPlace[]; readonly failed: number }> {
  const syntax = measuringSyntax();
  try {
    const { results, failed } = await evaluateAll(blocks, (block) => evaluatePlace(block, parts, syntax));
    return { evaluated: results, failed };
  } finally {
    syntax.dispose();
  }
}

async function evaluatePlace(
  block: BlockOfItem,
  parts: TrainedScore['parts'] | undefined,
  syntax: Syntax,
): Promise<EvaluatedPlace> {
  const { item, completion } = block;
  const plain = await plainOutcome(block, syntax);
  const { plain: said } = block.record;
  // A suggestion that is probably wrong is not worth its lines.
  const plainLines = said !== null && said.probability >= PROBABLY_RIGHT ? linesOf(said.text).length : 0;
  const evaluated =
    completion === undefined
      ? noBlock
      : await evaluateBlock(completion, item.target_block, { syntax, parts, plainLines });
  return { item, plain, isBlock: completion !== undefined, evaluated };
}

async function plainOutcome({ item, record }: BlockOfItem, syntax: Syntax): Promise<PlainOutcome | undefined> {
  const { plain, leastShown } = record;
  if (plain === null || plain.probability < leastShown) return undefined;
  const { text } = plain;
  const { prefix, suffix, target_block: author, path } = item;
  return {
    isExact: await isBeginning({ languageId: languageIdOf(path), prefix, suffix, text, tokens: [] }, author, syntax),
    isFirstLineExact: isFirstLine(text, { holes: [] }, author),
    lines: linesOf(text).length,
  };
}
