// The trained score: gradient-boosted trees that say how likely a part is to be edited. Its weights are data of the model's
// folder; this file only evaluates them.

import { partsOf, LARGEST_COST, type PartCost, type Scores } from './costTree.js';
import { AFTER_HOLE, featuresOf } from './features.js';
import type { AlignedCompletion } from './types.js';

/**
 * One tree in arrays: node i asks for feature[i] and goes to left[i] or right[i]; a negative child -1-j is leaf j.
 * A split is "at most threshold", or, of a categorical feature, "among categories".
 */
export interface BoostedTree {
  readonly feature: readonly number[];
  readonly threshold: readonly (number | readonly number[])[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

export interface TrainedScore {
  readonly features: readonly string[];
  readonly trees: readonly BoostedTree[];
}

/** The cost of every part: the negative logarithm of the probability that it is right. */
export function trainedScores(aligned: AlignedCompletion, score: TrainedScore): Scores {
  const rows = featuresOf(aligned);
  const parts = partsOf(aligned);
  return rows.map((row, index): PartCost => {
    if (index === 0) return { cost: 0, costAfterHole: 0 };
    const cost = costOf(score, row);
    if (parts[index]!.kind !== 'piece') return { cost, costAfterHole: cost };
    row[AFTER_HOLE] = 1;
    return { cost, costAfterHole: costOf(score, row) };
  });
}

/** -ln(1 - p) where p is the logistic function of the trees' sum. */
function costOf({ trees }: TrainedScore, row: Float64Array): number {
  let logit = 0;
  for (const tree of trees) logit += valueAt(tree, row);
  const cost = logit > 30 ? logit : Math.log1p(Math.exp(logit));
  return Math.min(LARGEST_COST, cost);
}

function valueAt({ feature, threshold, left, right, value }: BoostedTree, row: Float64Array): number {
  let node = feature.length === 0 ? -1 : 0;
  while (node >= 0) {
    const asked = threshold[node]!;
    const given = row[feature[node]!]!;
    const goesLeft = typeof asked === 'number' ? given <= asked : asked.includes(given);
    node = goesLeft ? left[node]! : right[node]!;
  }
  return value[-1 - node]!;
}
