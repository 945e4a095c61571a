// Holds a block against what its author wrote: for each method, number of holes and level, whether what is offered covers it,
// and how many lines it keeps. This is all that a calibration or an evaluation needs of a block.

import type { Syntax } from '../../syntax/index.js';
import { textOf } from '../tree/alignTokens.js';
import { isBlockMember } from '../tree/blockMembership.js';
import { linesOf } from '../tree/linesOf.js';
import type { BoostedTrees } from '../score/boostedTrees.js';
import { blockLevels, blockOffers, holesIn, prepareBlock, type BlockProgram } from './blockOffer.js';
import { MOST_HOLES } from './methods.js';
import type { Completion, PartialProgram } from '../types.js';

/**
 * `editor`: what is offered in place of the plain suggestion, of which it has to keep more lines. `holes`: the same, whatever
 * the plain suggestion is. `lines`: fewer lines, without holes. `whole`: all of the block or nothing.
 */
export const blockMethods = ['editor', 'holes', 'lines', 'whole'] as const;
export type BlockMethod = (typeof blockMethods)[number];

/** What becomes of a block at one level. */
export interface BlockOutcome {
  /** Whether the author's text begins with one of the blocks that are left. */
  readonly isCovered: boolean;
  /** Each line counts with the share of its characters that stand outside of the holes. */
  readonly linesKept: number;
  readonly holes: number;
  /** Whether the first line has no hole and is the author's. */
  readonly isFirstLineExact: boolean;
}

/** By number of holes (1 first; `lines` and `whole` have one row) and level; undefined where nothing is offered. */
export type EvaluatedBlock = Readonly<Record<BlockMethod, readonly (readonly (BlockOutcome | undefined)[])[]>>;

const holeCounts: readonly number[] = Array.from({ length: MOST_HOLES }, (_, index) => index + 1);
const nothing = blockLevels.map(() => undefined);

/** Of a place where the model wrote no block. */
export const noBlock: EvaluatedBlock = {
  editor: holeCounts.map(() => nothing),
  holes: holeCounts.map(() => nothing),
  lines: [nothing],
  whole: [nothing],
};

export interface BlockEvaluationOptions {
  readonly syntax: Syntax;
  /** The trained score of parts; without it raw log-probabilities are taken. */
  readonly parts: BoostedTrees | undefined;
  /** Lines that the editor suggests there without holes. */
  readonly plainLines: number;
}

/** @param author what was written from the cursor on */
export async function evaluateBlock(
  completion: Completion,
  author: string,
  { syntax, parts, plainLines }: BlockEvaluationOptions,
): Promise<EvaluatedBlock> {
  const { languageId, prefix, suffix, text } = completion;
  const tree = await syntax.parse(languageId, textOf(completion));
  const authorsTree = await syntax.parse(languageId, prefix + author + suffix);
  try {
    const prepared = tree && prepareBlock(completion, tree, parts, syntax);
    if (prepared === undefined) return noBlock;
    const block = { text, tree, offset: prefix.length, languageId };
    const authors = { text: author, tree: authorsTree, offset: prefix.length };
    const known = new Map<PartialProgram, BlockOutcome>();
    const outcomeOf = ({ program, kept }: BlockProgram): BlockOutcome => {
      let outcome = known.get(program);
      if (outcome === undefined) {
        outcome = {
          isCovered: isBlockMember(block, program, authors),
          linesKept: kept.lines,
          holes: holesIn(program).length,
          isFirstLineExact: isFirstLine(text, program, author),
        };
        known.set(program, outcome);
      }
      return outcome;
    };
    const rows = async (counts: readonly number[], least: number) => {
      const found: (readonly (BlockOutcome | undefined)[])[] = [];
      for (const count of counts) {
        const offers = await blockOffers(prepared, count, least, blockLevels);
        found.push(offers.map((offer) => offer && outcomeOf(offer)));
      }
      return found;
    };
    const { whole } = prepared;
    return {
      editor: await rows(holeCounts, plainLines),
      holes: await rows(holeCounts, 0),
      lines: await rows([0], 0),
      whole: [blockLevels.map((level) => (whole.probability >= level ? outcomeOf(whole) : undefined))],
    };
  } finally {
    tree?.delete();
    authorsTree?.delete();
  }
}

/** Whether a text without holes is what the author's begins with. */
export async function isBeginning(completion: Completion, author: string, syntax: Syntax): Promise<boolean> {
  const { languageId, prefix, suffix, text } = completion;
  const tree = await syntax.parse(languageId, textOf(completion));
  const authorsTree = await syntax.parse(languageId, prefix + author + suffix);
  try {
    const whole: PartialProgram = { holes: [], kept: 0, cost: 0, isEverything: false };
    const offset = prefix.length;
    return isBlockMember({ text, tree, offset, languageId }, whole, { text: author, tree: authorsTree, offset });
  } finally {
    tree?.delete();
    authorsTree?.delete();
  }
}

/** Whether the first line is the author's, and no hole in it. */
export function isFirstLine(text: string, { holes }: Pick<PartialProgram, 'holes'>, author: string): boolean {
  const [ours, theirs] = [linesOf(text)[0], linesOf(author)[0]];
  if (ours === undefined || theirs === undefined) return false;
  const isWhole = !holes.some(({ range }) => range.start < ours.end && range.end > ours.start);
  return isWhole && text.slice(ours.start, ours.end) === author.slice(theirs.start, theirs.end);
}
