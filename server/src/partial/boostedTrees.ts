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

interface Splits {
  /** Of each split the tree that it belongs to, and the leaves that stay open, as bits, where it sends a row to the right. */
  readonly trees: Int32Array;
  readonly open: Int32Array;
}

/** All trees, their splits by feature. */
interface SplitsByFeature {
  /** Splits at "at most", thresholds rising. */
  readonly amounts: readonly (Splits & { readonly feature: number; readonly thresholds: Float64Array })[];
  readonly kinds: readonly KindSplits[];
  readonly firstLeaves: Int32Array;
  /** Leaves of all trees, in each from left to right. */
  readonly values: Float64Array;
  /** The leaves of each tree that are open still, used over and over. */
  readonly open: Int32Array;
}

interface KindSplits {
  readonly feature: number;
  /** The splits that send a row with this kind to the right. */
  rightOf(kind: number): Splits;
}

const prepared = new WeakMap<BoostedTrees, SplitsByFeature>();

/** The sum of the trees: the logarithm of the odds. */
export function logitOf(boosted: BoostedTrees, row: Float64Array): number {
  let splits = prepared.get(boosted);
  if (splits === undefined) prepared.set(boosted, (splits = splitsByFeature(boosted)));
  const { amounts, kinds, firstLeaves, values, open } = splits;
  open.fill(-1);
  for (const { feature, thresholds, trees, open: left } of amounts) {
    const given = row[feature]!;
    for (let at = 0; at < thresholds.length && !(given <= thresholds[at]!); at++) open[trees[at]!]! &= left[at]!;
  }
  for (const { feature, rightOf } of kinds) {
    const { trees, open: left } = rightOf(row[feature]!);
    for (let at = 0; at < trees.length; at++) open[trees[at]!]! &= left[at]!;
  }
  let logit = 0;
  for (let tree = 0; tree < open.length; tree++) {
    const bits = open[tree]!;
    logit += values[firstLeaves[tree]! + 31 - Math.clz32(bits & -bits)]!;
  }
  return logit;
}

interface Split {
  readonly feature: number;
  readonly asked: number | readonly number[];
  readonly tree: number;
  readonly open: number;
}

function splitsByFeature({ trees }: BoostedTrees): SplitsByFeature {
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
      const shut = Array.from({ length: to - from }, (_, index) => 1 << (from + index)).reduce(
        (all, bit) => all | bit,
        0,
      );
      splits.push({ feature: feature[child]!, asked: threshold[child]!, tree, open: ~shut });
    };
    place(feature.length === 0 ? -1 : 0);
  }
  const byFeature = [...groupBy(splits, ({ feature }) => feature)];
  return {
    amounts: byFeature.flatMap(([feature, all]) => {
      const rising = all
        .flatMap(({ asked, ...split }) => (typeof asked === 'number' ? { asked, ...split } : []))
        .sort((a, b) => a.asked - b.asked);
      const thresholds = Float64Array.from(rising, ({ asked }) => asked);
      return rising.length === 0 ? [] : { feature, thresholds, ...flat(rising) };
    }),
    kinds: byFeature.flatMap(([feature, all]) => {
      const categorical = all.flatMap(({ asked, ...split }) =>
        typeof asked === 'number' ? [] : { among: new Set(asked), ...split },
      );
      const known = new Map<number, Splits>();
      const rightOf = (kind: number): Splits => {
        let right = known.get(kind);
        if (right === undefined) known.set(kind, (right = flat(categorical.filter(({ among }) => !among.has(kind)))));
        return right;
      };
      return categorical.length === 0 ? [] : { feature, rightOf };
    }),
    firstLeaves: Int32Array.from(firstLeaves),
    values: Float64Array.from(values),
    open: new Int32Array(trees.length),
  };
}

function flat(splits: readonly Pick<Split, 'tree' | 'open'>[]): Splits {
  return {
    trees: Int32Array.from(splits, ({ tree }) => tree),
    open: Int32Array.from(splits, ({ open }) => open),
  };
}
