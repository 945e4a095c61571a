// The block with holes that the editor offers in place of a plain suggestion, or nothing where it keeps no more lines, or
// there is no guarantee.

import type { Words } from '../common/words.js';
import type { Syntax } from '../syntax/index.js';
import { choicesOf } from './chooseOffer.js';
import { blockGuaranteeFor, type BlockCalibration, type BlockGuarantee } from './guarantee/blockCalibration.js';
import { blockOffers, holesIn, prepareBlock } from './guarantee/blockOffer.js';
import type { TrainedScore } from './score/trainedScores.js';
import { describeProgram, type DescribedProgram } from './show/describeProgram.js';
import { explainBlockGuarantee } from './show/explain.js';
import { textOf } from './tree/alignTokens.js';
import { linesOf } from './tree/linesOf.js';
import type { Completion, PartialProgram } from './types.js';

export interface BlockOffer extends DescribedProgram {
  /** The completion up to where the program cuts it. */
  readonly completion: Completion;
  readonly choices: readonly (readonly string[])[];
  /** The probability (0-1) that it is right outside its holes, by the score. */
  readonly probability: number;
  readonly sentence: Words;
}

export interface BlockOfferOptions {
  readonly syntax: Syntax;
  readonly score: Pick<TrainedScore, 'parts'>;
  readonly calibration: BlockCalibration;
  /** What `blockGuarantee` gave for these. */
  readonly guarantee: BlockGuarantee;
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
  /** Lines that are suggested without holes. */
  readonly plainLines: number;
  /** Under which the room `syntax` keeps the tree that the next parse begins with. */
  readonly key: string;
}

/** What is guaranteed of blocks with holes in the editor; undefined where nothing is, so that none is asked for. */
export function blockGuarantee(
  calibration: BlockCalibration,
  wanted: Pick<BlockOfferOptions, 'holes' | 'epsilon' | 'delta'>,
): BlockGuarantee | undefined {
  return blockGuaranteeFor(calibration, { ...wanted, method: 'editor' });
}

export async function chooseBlock(block: Completion, options: BlockOfferOptions): Promise<BlockOffer | undefined> {
  const { syntax, score, calibration, guarantee, holes, plainLines, key } = options;
  const tree = await syntax.parse(block.languageId, textOf(block), key);
  if (tree === undefined) return undefined;
  try {
    const parts = calibration.score === 'parts' ? score.parts : undefined;
    const prepared = prepareBlock(block, tree, parts, syntax, key);
    const [offer] = prepared === undefined ? [] : await blockOffers(prepared, holes, plainLines, [guarantee.level]);
    if (offer === undefined) return undefined;
    const { completion, program } = cutOff(block, offer.program);
    const described = describeProgram(completion, program);
    return {
      ...described,
      completion,
      choices: choicesOf(completion, described),
      probability: offer.probability,
      sentence: explainBlockGuarantee(guarantee, calibration, linesOf(described.text).length, options),
    };
  } finally {
    tree.delete();
  }
}

/** A cut is fewer lines, of which nothing is to be told. */
function cutOff(block: Completion, program: PartialProgram): { completion: Completion; program: PartialProgram } {
  const last = program.holes.at(-1);
  if (last?.isRest !== true) return { completion: block, program };
  const text = block.text.slice(0, last.range.start).trimEnd();
  return {
    completion: { ...block, text, tokens: block.tokens.filter(({ start }) => start <= text.length) },
    program: { ...program, holes: holesIn(program) },
  };
}
