// Gradient-boosted trees, evaluated. They are trained elsewhere (models/build/holes) and are data of the model's folder.
//
// No tree is walked from split to split, where a processor guesses wrong at every other one. A split that sends a row to the
// right shuts the leaves on its left, and the row falls into the leftmost leaf of each tree that is left open. So it is enough
// to go through the splits of each feature by rising threshold, up to the row's own value (QuickScorer, Lucchese et al. 2015).

import { groupBy } from '../../common/groupBy.js';

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

/** The splits of the features of one stage. */
interface Stage extends Splits {
  /** Features with splits at "at most"; those of feature i are the ones up to ends[i], thresholds rising. */
  readonly features: Int32Array;
  readonly ends: Int32Array;
  readonly thresholds: Float64Array;
  readonly kinds: readonly KindSplits[];
}

/** The splits of a categorical feature. */
interface KindSplits {
  readonly feature: number;
  /** As far as they send a row with this kind to the right. */
  readonly rightOf: (kind: number) => Splits;
}

/**
 * Trees with features that become known in stages, so that what is the same of many rows is gone through once.
 * Each stage shuts leaves by the splits of its features; behind the last one the logit can be told.
 */
export class StagedTrees {
  private readonly stages: readonly Stage[];
  private readonly firstLeaves: Int32Array;
  /** Leaves of all trees, in each from left to right. */
  private readonly values: Float64Array;
  /** What is left open behind the last stage, over and over. */
  private readonly last: OpenLeaves;

  /** @param stageOf the stage in which a feature becomes known, from 0 on */
  constructor({ trees }: BoostedTrees, stages: number, stageOf: (feature: number) => number) {
    const { splits, firstLeaves, values } = splitsOf(trees);
    this.firstLeaves = Int32Array.from(firstLeaves);
    this.values = Float64Array.from(values);
    this.last = new Int32Array(trees.length);
    const byStage = groupBy(splits, ({ feature }) => stageOf(feature));
    this.stages = Array.from({ length: stages }, (_, stage) => stageWith(byStage.get(stage) ?? []));
  }

  /** @param before what the stage before left open; it stays as it is */
  narrow(stage: number, row: Float64Array, before?: OpenLeaves): OpenLeaves {
    const open = before === undefined ? new Int32Array(this.firstLeaves.length).fill(-1) : before.slice();
    this.shut(stage, row, open);
    return open;
  }

  /**
   * The sum of the trees, the logarithm of the odds, behind the last stage.
   * @param before what the stage before it left open
   */
  logit(row: Float64Array, before?: OpenLeaves): number {
    const { firstLeaves, values, last: open } = this;
    if (before === undefined) open.fill(-1);
    else open.set(before);
    this.shut(this.stages.length - 1, row, open);
    let logit = 0;
    for (let tree = 0; tree < open.length; tree++) {
      const bits = open[tree]!;
      logit += values[firstLeaves[tree]! + 31 - Math.clz32(bits & -bits)]!;
    }
    return logit;
  }

  private shut(stage: number, row: Float64Array, open: OpenLeaves): void {
    const { features, ends, thresholds, trees, open: left, kinds } = this.stages[stage]!;
    let at = 0;
    for (let index = 0; index < features.length; index++) {
      const given = row[features[index]!]!;
      const end = ends[index]!;
      for (; at < end && !(given <= thresholds[at]!); at++) open[trees[at]!]! &= left[at]!;
      at = end;
    }
    for (const { feature, rightOf } of kinds) {
      const right = rightOf(row[feature]!);
      for (let index = 0; index < right.trees.length; index++) open[right.trees[index]!]! &= right.open[index]!;
    }
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

function stageWith(splits: readonly Split[]): Stage {
  const byFeature = [...groupBy(splits, ({ feature }) => feature)];
  const rising = byFeature.flatMap(([feature, all]) => {
    const amounts = all.flatMap(({ asked, ...split }) => (typeof asked === 'number' ? { asked, ...split } : []));
    return amounts.length === 0 ? [] : { feature, amounts: amounts.sort((a, b) => a.asked - b.asked) };
  });
  const inARow = rising.flatMap(({ amounts }) => amounts);
  let end = 0;
  return {
    features: Int32Array.from(rising, ({ feature }) => feature),
    ends: Int32Array.from(rising, ({ amounts }) => (end += amounts.length)),
    thresholds: Float64Array.from(inARow, ({ asked }) => asked),
    ...flat(inARow),
    kinds: byFeature.flatMap(([feature, all]) => {
      const categorical = all.flatMap(({ asked, ...split }) =>
        typeof asked === 'number' ? [] : { among: new Set(asked), ...split },
      );
      return categorical.length === 0 ? [] : kindSplits(feature, categorical);
    }),
  };
}

function kindSplits(
  feature: number,
  splits: readonly (Omit<Split, 'asked'> & { readonly among: ReadonlySet<number> })[],
): KindSplits {
  const known = new Map<number, Splits>();
  return {
    feature,
    rightOf: (kind) => {
      let right = known.get(kind);
      if (right === undefined) known.set(kind, (right = flat(splits.filter(({ among }) => !among.has(kind)))));
      return right;
    },
  };
}

function flat(splits: readonly Pick<Split, 'tree' | 'open'>[]): Splits {
  return {
    trees: Int32Array.from(splits, ({ tree }) => tree),
    open: Int32Array.from(splits, ({ open }) => open),
  };
}
