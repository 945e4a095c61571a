// Gradient-boosted trees, evaluated. They are trained elsewhere (models/build/holes) and are data of the model's folder.
//
// No tree is walked from split to split, where a processor guesses wrong at every other one. A split that sends a row to the
// right shuts the leaves on its left, and the row falls into the leftmost leaf of each tree that is left open. So it is enough
// to go through the splits of each feature by rising threshold, up to the row's own value (QuickScorer, Lucchese et al. 2015).

import { groupBy } from '../common/groupBy.js';

/**
 * One tree in arrays: node i asks for feature[i] and goes to left[i] or right[i]; a negative child -1-j is leaf j.
 * A split is "at most threshold", or, of a categorical feature, "among these".
 */
export interface BoostedTree {
  readonly feature: readonly number[];
  readonly threshold: readonly (number | readonly number[])[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

export interface BoostedTrees {
  /** Names of the features in their order, so that trees of another version are recognised. */
  readonly features: readonly string[];
  readonly trees: readonly BoostedTree[];
}

/** A tree has no more leaves, so that one number says which of them are open. */
export const MOST_LEAVES = 32;

/** The leaves of each tree that a row may still come to, as bits. */
export type OpenLeaves = Int32Array;

interface Splits {
  /** Of each split the tree that it belongs to, and the leaves that stay open, as bits, where it sends a row to the right. */
  readonly trees: Int32Array;
  readonly open: Int32Array;
}

/** The splits of one feature: those at "at most", thresholds rising, and those of a kind that is "among these". */
interface FeatureSplits extends Splits {
  readonly feature: number;
  readonly thresholds: Float64Array;
  /** The latter, as far as they send a row with this kind to the right. */
  readonly rightOf: ((kind: number) => Splits) | undefined;
}

/**
 * Trees with features that become known in stages, so that what is the same of many rows is gone through once.
 * Each stage shuts leaves by the splits of its features; behind the last one the logit can be told.
 */
export class StagedTrees {
  private readonly stages: readonly (readonly FeatureSplits[])[];
  private readonly firstLeaves: Int32Array;
  /** Leaves of all trees, in each from left to right. */
  private readonly values: Float64Array;

  /** @param stageOf the stage in which a feature becomes known, from 0 on */
  constructor({ trees }: BoostedTrees, stages: number, stageOf: (feature: number) => number) {
    const { splits, firstLeaves, values } = splitsOf(trees);
    this.firstLeaves = Int32Array.from(firstLeaves);
    this.values = Float64Array.from(values);
    const byFeature = [...groupBy(splits, ({ feature }) => feature).values()].map(featureSplits);
    this.stages = Array.from({ length: stages }, (_, stage) =>
      byFeature.filter(({ feature }) => stageOf(feature) === stage),
    );
  }

  /** @param before what the stage before left open; it stays as it is */
  narrow(stage: number, row: Float64Array, before?: OpenLeaves): OpenLeaves {
    const open = before === undefined ? new Int32Array(this.firstLeaves.length).fill(-1) : before.slice();
    for (const splits of this.stages[stage]!) {
      const { thresholds, trees, open: left, rightOf } = splits;
      const given = row[splits.feature]!;
      for (let at = 0; at < thresholds.length && !(given <= thresholds[at]!); at++) open[trees[at]!]! &= left[at]!;
      if (rightOf !== undefined) {
        const right = rightOf(given);
        for (let at = 0; at < right.trees.length; at++) open[right.trees[at]!]! &= right.open[at]!;
      }
    }
    return open;
  }

  /** The sum of the trees: the logarithm of the odds. */
  logit(open: OpenLeaves): number {
    const { firstLeaves, values } = this;
    let logit = 0;
    for (let tree = 0; tree < open.length; tree++) {
      const bits = open[tree]!;
      logit += values[firstLeaves[tree]! + 31 - Math.clz32(bits & -bits)]!;
    }
    return logit;
  }
}

interface Split {
  readonly feature: number;
  readonly asked: number | readonly number[];
  readonly tree: number;
  readonly open: number;
}

function splitsOf(trees: readonly BoostedTree[]) {
  const splits: Split[] = [];
  const firstLeaves: number[] = [];
  const values: number[] = [];
  for (const [tree, { feature, threshold, left, right, value }] of trees.entries()) {
    const first = values.length;
    firstLeaves.push(first);
    const place = (child: number): void => {
      if (child < 0) {
        values.push(value[-1 - child]!);
        return;
      }
      const from = values.length - first;
      place(left[child]!);
      const to = values.length - first;
      place(right[child]!);
      const shut = Array.from({ length: to - from }, (_, index) => 1 << (from + index));
      const open = ~shut.reduce((all, bit) => all | bit, 0);
      splits.push({ feature: feature[child]!, asked: threshold[child]!, tree, open });
    };
    place(feature.length === 0 ? -1 : 0);
  }
  return { splits, firstLeaves, values };
}

/** @param splits all of one feature */
function featureSplits(splits: readonly Split[]): FeatureSplits {
  const rising = splits
    .flatMap(({ asked, ...split }) => (typeof asked === 'number' ? { asked, ...split } : []))
    .sort((a, b) => a.asked - b.asked);
  const categorical = splits.flatMap(({ asked, ...split }) =>
    typeof asked === 'number' ? [] : { among: new Set(asked), ...split },
  );
  const known = new Map<number, Splits>();
  const rightOf = (kind: number): Splits => {
    let right = known.get(kind);
    if (right === undefined) known.set(kind, (right = flat(categorical.filter(({ among }) => !among.has(kind)))));
    return right;
  };
  return {
    feature: splits[0]!.feature,
    thresholds: Float64Array.from(rising, ({ asked }) => asked),
    ...flat(rising),
    rightOf: categorical.length === 0 ? undefined : rightOf,
  };
}

function flat(splits: readonly Pick<Split, 'tree' | 'open'>[]): Splits {
  return {
    trees: Int32Array.from(splits, ({ tree }) => tree),
    open: Int32Array.from(splits, ({ open }) => open),
  };
}
