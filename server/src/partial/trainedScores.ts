// The trained score: how likely a part is to be edited, and how likely all is right that a partial program keeps.

import { logitOf, type BoostedTrees } from './boostedTrees.js';
import { partsOf, LARGEST_COST, type PartCost, type Scores } from './costTree.js';
import { AFTER_HOLE, featureNames } from './features.js';
import { outputOf, type Networks } from './network.js';
import { programFeatureNames } from './programFeatures.js';
import type { AlignedCompletion } from './types.js';

export interface TrainedScore {
  /** Of a part (features.ts): the odds that it is wrong where everything around it is right. */
  readonly parts: BoostedTrees;
  /** Of a partial program (programFeatures.ts): the odds that the author's text is one of those it stands for. */
  readonly programs: ProgramScore;
}

/** Trees, and small networks that learned the same: the log odds of the trees and the networks' mean are averaged. */
export interface ProgramScore extends BoostedTrees {
  readonly networks?: Networks | undefined;
}

/** Whether a score was trained for the features that this version computes. */
export function isCurrent({ parts, programs }: TrainedScore): boolean {
  const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
  return isSame(parts.features, featureNames) && isSame(programs.features, programFeatureNames);
}

/** The log odds that a partial program with these features stands for the author's text. */
export function programLogit(score: ProgramScore, row: Float64Array): number {
  const ofTrees = logitOf(score, row);
  return score.networks === undefined ? ofTrees : (ofTrees + outputOf(score.networks, row)) / 2;
}

/**
 * The cost of every part: the negative logarithm of the probability that it is right.
 * @param rows of `featuresOf(aligned)`
 */
export function trainedScores(aligned: AlignedCompletion, rows: readonly Float64Array[], parts: BoostedTrees): Scores {
  const all = partsOf(aligned);
  return rows.map((row, index): PartCost => {
    if (index === 0) return { cost: 0, costAfterHole: 0 };
    const cost = costOf(logitOf(parts, row));
    if (all[index]!.kind !== 'piece') return { cost, costAfterHole: cost };
    return { cost, costAfterHole: costOf(logitOf(parts, withHoleInFront(row))) };
  });
}

/** The features of a part if a hole stood directly in front of it. */
export function withHoleInFront(row: Float64Array): Float64Array {
  const behind = Float64Array.from(row);
  behind[AFTER_HOLE] = 1;
  return behind;
}

/** -ln(1 - p), where p has these odds. */
function costOf(logit: number): number {
  return Math.min(LARGEST_COST, logit > 30 ? logit : Math.log1p(Math.exp(logit)));
}
