// Trees that are gone through split by split, against the same ones walked from the root.

import { describe, expect, it } from 'vitest';
import { StagedTrees, type BoostedTree, type OpenLeaves } from './boostedTrees.js';
import { seededRandom, type Random } from '../../common/random.js';

const FEATURES = 5;
/** Of these a split asks which kind it is. */
const KINDS = 3;

describe('boosted trees', () => {
  it('give what a walk from the root gives, in however many stages', () => {
    const random = seededRandom(3);
    for (let forest = 0; forest < 30; forest++) {
      const trees = Array.from({ length: 8 }, () => randomTree(random.below(16), random));
      const stages = 1 + random.below(3);
      const staged = new StagedTrees({ features: [], trees }, stages, (feature) => feature % stages);
      for (let number = 0; number < 30; number++) {
        const row = Float64Array.from({ length: FEATURES }, () => random.below(12) - 1);
        let open: OpenLeaves | undefined;
        for (let stage = 0; stage < stages - 1; stage++) open = staged.narrow(stage, row, open);
        expect(staged.logit(row, open)).toBe(trees.reduce((sum, tree) => sum + walked(tree, row), 0));
      }
    }
  });

  it('leave what an earlier stage found as it is', () => {
    const tree: BoostedTree = {
      feature: [0, 1],
      threshold: [1, [4]],
      left: [-1, -2],
      right: [1, -3],
      value: [1, 2, 3],
    };
    const staged = new StagedTrees({ features: [], trees: [tree] }, 2, (feature) => feature);
    const first = staged.narrow(0, Float64Array.of(2, 0));
    const logits = [4, 5, 4].map((kind) => staged.logit(Float64Array.of(2, kind), first));
    expect(logits).toEqual([2, 3, 2]);
  });

  it('send what is not a number to the right', () => {
    const tree: BoostedTree = { feature: [0], threshold: [1], left: [-1], right: [-2], value: [1, 2] };
    const staged = new StagedTrees({ features: [], trees: [tree] }, 1, () => 0);
    expect(staged.logit(Float64Array.of(NaN))).toBe(2);
  });
});

/** Splits of random leaves, one after the other. */
function randomTree(splits: number, random: Random): BoostedTree {
  const feature: number[] = [];
  const threshold: (number | number[])[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const ends: { readonly of: number[]; readonly at: number }[] = [];
  for (let split = 0; split < splits; split++) {
    const [end] = ends.splice(random.below(ends.length), 1);
    if (end !== undefined) end.of[end.at] = split;
    const asked = random.below(FEATURES);
    feature.push(asked);
    const amount = random.below(10);
    threshold.push(asked < KINDS ? amount : [amount, amount + 2]);
    ends.push({ of: left, at: split }, { of: right, at: split });
  }
  for (const [leaf, { of, at }] of ends.entries()) of[at] = -1 - leaf;
  return { feature, threshold, left, right, value: Array.from({ length: splits + 1 }, () => random.share() - 0.5) };
}

function walked({ feature, threshold, left, right, value }: BoostedTree, row: Float64Array): number {
  let node = feature.length === 0 ? -1 : 0;
  while (node >= 0) {
    const [given, asked] = [row[feature[node]!]!, threshold[node]!];
    node = (typeof asked === 'number' ? given <= asked : asked.includes(given)) ? left[node]! : right[node]!;
  }
  return value[-1 - node]!;
}
