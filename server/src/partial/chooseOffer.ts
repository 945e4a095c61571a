// The completion with holes that the editor offers in place of a line that is probably wrong, or nothing where the plain
// line is the better offer, or there is no guarantee.

import type { Syntax, SyntaxTree } from '../syntax/index.js';
import { textOf } from './tree/alignTokens.js';
import type { Calibration } from './guarantee/calibration.js';
import { describeProgram, type DescribedProgram } from './show/describeProgram.js';
import { explainOfferGuarantee } from './show/explain.js';
import { likeliestOffer, mayReach, offersOf } from './guarantee/offer.js';
import { misfittingHoles } from './tree/outerTree.js';
import { prepare, withBranches } from './score/prepare.js';
import { offerGuaranteeFor, type OfferGuarantee } from './guarantee/offerGuarantee.js';
import { rankPrograms } from './score/rankPrograms.js';
import type { TrainedScore } from './score/trainedScores.js';
import type { Completion, Branch } from './types.js';
import type { Words } from '../common/words.js';

export interface Offer extends DescribedProgram {
  /** Of each hole, what the model would write there, where that is likely and short enough to choose from a list. */
  readonly choices: readonly (readonly string[])[];
  /** The probability (0-1) that it is right outside its holes. */
  readonly probability: number;
  readonly guarantee: OfferGuarantee;
  readonly sentence: Words;
}

export interface OfferOptions {
  readonly syntax: Syntax;
  readonly score: TrainedScore;
  /** The first that gives the wanted guarantee is taken. */
  readonly calibrations: readonly Calibration[];
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
  /** Under which the room `syntax` keeps the tree that the next parse begins with. */
  readonly key: string;
}

/** A longer line takes too long to be looked at between two keys. */
const LONGEST = 200;

/** What the model would write is a choice from this probability (0-1) on. */
const LEAST_CHOICE = 0.02;
const LONGEST_CHOICE = 60;

/** A line of which an offer may come, so that it is worth asking the model for branches. */
export interface DoubtedLine {
  /** The offer, now that it is known what else might have been written; undefined where the plain line is the better one. */
  offer(branches: readonly Branch[]): Promise<Offer | undefined>;
  release(): void;
}

/**
 * What is known of a line before its branches are.
 * @returns undefined where no offer can come of it; otherwise to be released
 */
export async function doubt(completion: Completion, options: OfferOptions): Promise<DoubtedLine | undefined> {
  const { syntax, calibrations, key } = options;
  const { languageId, text } = completion;
  if (text.length > LONGEST || text.includes('\n') || !syntax.supports(languageId)) return undefined;
  const guarantee = offerGuaranteeFor(calibrations, options);
  if (guarantee === undefined) return undefined;
  const tree = await syntax.parse(languageId, textOf(completion), key);
  if (tree === undefined) return undefined;
  let doubted: DoubtedLine | undefined;
  try {
    return (doubted = doubtedLine(completion, tree, guarantee, options));
  } finally {
    if (doubted === undefined) tree.delete();
  }
}

/** @param tree of the completion in its text; deleted when the line is released */
function doubtedLine(
  completion: Completion,
  tree: SyntaxTree,
  guarantee: OfferGuarantee,
  options: OfferOptions,
): DoubtedLine | undefined {
  const { syntax, score, holes, key } = options;
  const { text } = completion;
  const { known, trees } = prepare(completion, tree, score);
  const likeliest = known === undefined ? 0 : likeliestOffer(known, holes);
  if (known === undefined || !mayReach(guarantee.level, likeliest)) return undefined;
  return {
    async offer(branches) {
      const ranked = rankPrograms(withBranches(known, branches), trees, holes, score.programs);
      const [offer] = await offersOf(text, ranked, likeliest, [guarantee.level], (program) =>
        misfittingHoles(completion, tree, program, syntax, key),
      );
      if (offer === undefined) return undefined;
      const described = describeProgram(completion, offer.program);
      return {
        ...described,
        choices: choicesOf(completion, described),
        probability: offer.probability,
        guarantee,
        sentence: explainOfferGuarantee(guarantee, completion.languageId, options),
      };
    },
    release: () => tree.delete(),
  };
}

/** Of each hole what is likely and short enough to choose from a list. */
export function choicesOf({ text }: Completion, { holes }: DescribedProgram): Offer['choices'] {
  return holes.map(({ replaced, probability }) => {
    const wouldBe = text.slice(replaced.start, replaced.end);
    const isShort = wouldBe.length <= LONGEST_CHOICE && !/[\r\n]/.test(wouldBe);
    return probability >= LEAST_CHOICE && isShort ? [wouldBe] : [];
  });
}
