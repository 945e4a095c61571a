// The partial programs of a completion that are worth considering: for each weight that can be kept and each number of
// holes the likeliest, by the trained cost of parts and by raw log-probabilities.

import { everything, frontierOf } from './chooseHoles.js';
import type { CostNode, Hole, PartialProgram } from './types.js';

/** @param trees the same tree with different costs */
export function candidatesOf(
  trees: readonly CostNode[],
  holes: number,
  isBlocked: (hole: Hole) => boolean = () => false,
): readonly PartialProgram[] {
  const found = new Map<string, PartialProgram>();
  for (const tree of trees) {
    for (let count = 1; count <= holes; count++) {
      for (const program of frontierOf(tree, { holes: count, runs: true, cuts: true }, new Set(), isBlocked)) {
        if (program === undefined || program.isEverything) continue;
        const key = keyOfProgram(program);
        if (!found.has(key)) found.set(key, program);
      }
    }
  }
  const [tree] = trees;
  return tree === undefined ? [] : [...found.values(), everything(tree)];
}

export function keyOfProgram({ holes }: PartialProgram): string {
  return holes.map(({ range }) => `${range.start}-${range.end}`).join(' ');
}
