// Gradient-boosted trees, evaluated. They are trained elsewhere (models/build/holes) and are data of the model's folder.

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

/** All trees in a row, so that hundreds of them are walked through in a fraction of a millisecond. */
interface FlatTrees {
  readonly roots: Int32Array;
  /** Of node i the feature at 3i, and the children at 3i+1 and 3i+2; a negative child -1-j is leaf j of all. */
  readonly nodes: Int32Array;
  /** Of a categorical split NaN. */
  readonly thresholds: Float64Array;
  readonly categories: readonly (ReadonlySet<number> | undefined)[];
  readonly values: Float64Array;
}

const flattened = new WeakMap<BoostedTrees, FlatTrees>();

/** The sum of the trees: the logarithm of the odds. */
export function logitOf(boosted: BoostedTrees, row: Float64Array): number {
  let flat = flattened.get(boosted);
  if (flat === undefined) flattened.set(boosted, (flat = flatten(boosted)));
  const { roots, nodes, thresholds, categories, values } = flat;
  let logit = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    while (node >= 0) {
      const given = row[nodes[3 * node]!]!;
      const threshold = thresholds[node]!;
      // Nothing is at most NaN, so that only what goes right is asked whether it was a categorical split.
      const goesLeft = given <= threshold || (Number.isNaN(threshold) && categories[node]!.has(given));
      node = nodes[3 * node + (goesLeft ? 1 : 2)]!;
    }
    logit += values[-1 - node]!;
  }
  return logit;
}

function flatten({ trees }: BoostedTrees): FlatTrees {
  const roots: number[] = [];
  const nodes: number[] = [];
  const thresholds: number[] = [];
  const categories: (ReadonlySet<number> | undefined)[] = [];
  const values: number[] = [];
  for (const { feature, threshold, left, right, value } of trees) {
    const [firstNode, firstLeaf] = [thresholds.length, values.length];
    const placed = (child: number): number => (child < 0 ? child - firstLeaf : child + firstNode);
    roots.push(feature.length === 0 ? -1 - firstLeaf : firstNode);
    for (const [index, asked] of threshold.entries()) {
      nodes.push(feature[index]!, placed(left[index]!), placed(right[index]!));
      thresholds.push(typeof asked === 'number' ? asked : NaN);
      categories.push(typeof asked === 'number' ? undefined : new Set(asked));
    }
    values.push(...value);
  }
  return {
    roots: Int32Array.from(roots),
    nodes: Int32Array.from(nodes),
    thresholds: Float64Array.from(thresholds),
    categories,
    values: Float64Array.from(values),
  };
}
