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

/** The sum of the trees: the logarithm of the odds. */
export function logitOf({ trees }: BoostedTrees, row: Float64Array): number {
  let logit = 0;
  for (const tree of trees) logit += valueAt(tree, row);
  return logit;
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
