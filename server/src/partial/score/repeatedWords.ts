// Names, numbers and texts that come again in a block. What the model writes behind a hole it writes for what it would have
// written in the hole: a price that is left open is added up further down. So what is kept there is right only if the hole's
// word is, too.

import { isInHole } from '../choose/chooseHoles.js';
import { leavesUnder, LARGEST_COST } from '../tree/costTree.js';
import type { CostNode, PartialProgram, PartialToken } from '../types.js';

interface Occurrence {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The leaf that holds it. */
  readonly leaf: CostNode;
  /** Negative logarithm of the probability of the tokens that spell it. */
  readonly cost: number;
}

export interface RepeatedWords {
  /** What is to be added to a program's cost, for words in its holes that it keeps further down. */
  costOf(program: PartialProgram): number;
  /** The tree in which each word costs what it cost where it came first: programs that leave out all of a word are cheap. */
  readonly tree: CostNode;
}

export function repeatedWords(tree: CostNode, text: string, tokens: readonly PartialToken[]): RepeatedWords {
  const byWord = new Map<string, Occurrence[]>();
  for (const leaf of leavesUnder(tree)) {
    if (leaf.kind !== 'node') continue;
    for (const { 0: word, index } of text.slice(leaf.range.start, leaf.range.end).matchAll(/[\p{L}\p{N}_$]+/gu)) {
      const start = leaf.range.start + index;
      const end = start + word.length;
      const cost = tokens.reduce(
        (sum, token) => (token.start < end && token.end > start ? sum - token.logProbability : sum),
        0,
      );
      byWord.set(word, [...(byWord.get(word) ?? []), { word, start, end, leaf, cost }]);
    }
  }
  const repeated = [...byWord.values()].filter(({ length }) => length > 1);
  const further = new Map<number, number>();
  for (const [first, ...others] of repeated)
    for (const { leaf } of others) further.set(leaf.id, (further.get(leaf.id) ?? 0) + first!.cost);
  return {
    tree: withFurther(tree, further),
    costOf({ holes }) {
      let sum = 0;
      for (const occurrences of repeated) {
        const [first, ...others] = occurrences;
        if (!isInHole(first!.start, first!.end, holes)) continue;
        if (others.some(({ start, end }) => !isInHole(start, end, holes))) sum += first!.cost;
      }
      return sum;
    },
  };
}

function withFurther(node: CostNode, further: ReadonlyMap<number, number>): CostNode {
  const more = further.get(node.id) ?? 0;
  return {
    ...node,
    cost: Math.min(LARGEST_COST, node.cost + more),
    costAfterHole: Math.min(LARGEST_COST, node.costAfterHole + more),
    children: node.children.map((child) => withFurther(child, further)),
  };
}
