// The partial programs of a completion that are worth considering: those with a single hole, and for each weight that can be
// kept and each number of holes the likeliest, by the trained cost of parts and by raw log-probabilities.

import { everything, frontiersOf } from './chooseHoles.js';
import { leavesUnder } from '../tree/costTree.js';
import type { CostNode, Hole, PartialProgram } from '../types.js';

/** A completion with more single holes than this has so many parts that the likeliest programs are enough. */
const MOST_SINGLE = 120;

/**
 * @param trees the same tree with different costs; programs carry the costs of the first
 * @returns different programs, the one that keeps everything first and the one that keeps nothing last
 */
export function candidatesOf(trees: readonly CostNode[], holes: number): readonly PartialProgram[] {
  const [tree] = trees;
  if (tree === undefined) return [];
  const found = new Map<string, PartialProgram>();
  const add = (program: PartialProgram): void => {
    const key = keyOfProgram(program);
    if (!program.isEverything && !found.has(key)) found.set(key, program);
  };
  const leaves = leavesUnder(tree);
  add(programWithout([], leaves));
  for (const costs of trees) {
    for (const program of new Set(frontiersOf(costs, { holes, runs: true, cuts: true }).flat())) {
      if (program !== undefined) add(program);
    }
  }
  for (const hole of singleHoles(tree)) add(programWithout([hole], leaves));
  return [...found.values()].filter(({ kept }) => kept > 0).concat(everything(tree));
}

function keyOfProgram({ holes }: PartialProgram): string {
  return holes.map(({ range, isRest }) => `${range.start}-${isRest ? 'end' : range.end}`).join(' ');
}

/** All holes that a program with one hole may have; the rest of the line last. */
function singleHoles(tree: CostNode): readonly Hole[] {
  const holes: Hole[] = [];
  const visit = (parent: CostNode): void => {
    for (const [first, child] of parent.children.entries()) {
      if (!parent.isWhole) {
        const range = { start: child.range.start, end: tree.range.end };
        holes.push({ parent, first, last: parent.children.length - 1, range, isRest: true });
      }
      for (let last = first; child.isRemovable && parent.children[last]?.isWhole === true; last++) {
        const end = parent.children[last]!;
        const range = { start: child.range.start, end: end.range.end };
        if (end.isRemovable) holes.push({ parent, first, last, range, isRest: false });
      }
      visit(child);
    }
  };
  visit(tree);
  return holes.slice(0, MOST_SINGLE);
}

function programWithout(holes: readonly Hole[], leaves: readonly CostNode[]): PartialProgram {
  let kept = 0;
  for (const leaf of leaves) {
    const isOut = holes.some(
      ({ range, isRest }) => leaf.range.start >= range.start && (isRest || leaf.range.end <= range.end),
    );
    if (!isOut) kept += leaf.weight;
  }
  return { holes, kept, cost: 0, isEverything: false };
}
