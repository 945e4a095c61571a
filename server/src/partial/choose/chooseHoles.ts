// Which parts to take out: an exact dynamic program over the tree, in place of the paper's integer linear program. For each
// number of holes and each weight that can be kept it finds the least cost; from that table come the best partial program
// for any budget, and the nested sequence of them for falling budgets.

import { type NodeTables, type Table, Tables } from './holeTables.js';
import type { CostNode, Hole, HoleOptions, PartialProgram } from '../types.js';

/** Sums of costs that differ by less are the same: they were added in another order. */
const TOLERANCE = 1e-9;

/**
 * For each weight, from 0 on, the cheapest way to keep that much with at most so many holes; undefined where there is
 * none. Keeping nothing is always possible: the hole is then the whole line.
 * @param isOut parts that must not be kept
 */
export function frontierOf(
  tree: CostNode,
  options: HoleOptions,
  isOut: ReadonlySet<number> = new Set(),
  isBlocked: (hole: Hole) => boolean = () => false,
): readonly (PartialProgram | undefined)[] {
  return frontiersWithin(new Tables(options, isOut, isBlocked).ofChildren(tree), options.holes, tree).at(-1)!;
}

/** The same for each number of holes from 1 on: a table for many holds those for fewer. */
export function frontiersOf(
  tree: CostNode,
  options: HoleOptions,
): readonly (readonly (PartialProgram | undefined)[])[] {
  return frontiersWithin(new Tables(options, new Set(), () => false).ofChildren(tree), options.holes, tree);
}

/** A program that is no cheaper with more holes is the same one in the next frontier. */
function frontiersWithin(
  { plain, afterHole, cut }: NodeTables,
  holes: number,
  tree: CostNode,
): readonly (readonly (PartialProgram | undefined)[])[] {
  const best: (PartialProgram | undefined)[] = Array.from({ length: plain.size + 1 }, () => undefined);
  best[0] = everything(tree);
  const frontiers: (readonly (PartialProgram | undefined)[])[] = [];
  for (let count = 0; count <= holes; count++) {
    for (let kept = 1; kept < best.length; kept++) {
      let least: Table | undefined;
      let leastCost = best[kept]?.cost ?? Infinity;
      for (const table of [plain, afterHole, cut]) {
        const cost = table?.costAt(count, kept) ?? Infinity;
        if (table === undefined || !(cost < leastCost - TOLERANCE)) continue;
        [least, leastCost] = [table, cost];
      }
      if (least === undefined) continue;
      best[kept] = { holes: least.holesAt(count, kept), kept, cost: leastCost, isEverything: false };
    }
    if (count > 0) frontiers.push([...best]);
  }
  return frontiers;
}

/** The best within a budget, c(τ) in the paper: the most weight, and of equal ones the least cost. */
export function bestWithin(frontier: readonly (PartialProgram | undefined)[], budget: number): PartialProgram {
  for (let kept = frontier.length - 1; kept > 0; kept--) {
    const program = frontier[kept];
    if (program !== undefined && program.cost <= budget + TOLERANCE) return program;
  }
  return frontier[0]!;
}

/**
 * The partial programs for falling budgets, each one's kept parts among those of the one before: what was taken out is
 * never restored. Each step is the best that this leaves possible; the paper's program, which maximises the sum over all
 * budgets, may do better over the whole at the price of an early step; by how much is not measured.
 *
 * @param budgets falling
 * @param refusedHoles of a partial program those that cannot be used; they are not chosen again
 */
export async function nestedPrograms(
  tree: CostNode,
  options: HoleOptions,
  budgets: readonly number[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]> = () => Promise.resolve([]),
): Promise<readonly PartialProgram[]> {
  const out = new Set<number>();
  const blocked = new Set<string>();
  const isBlocked = (hole: Hole): boolean => blocked.size > 0 && blocked.has(keyOf(hole));
  let frontier = frontierOf(tree, options, out, isBlocked);
  let current: PartialProgram | undefined;
  const programs: PartialProgram[] = [];
  for (const budget of budgets) {
    while (current === undefined || (current.cost > budget + TOLERANCE && !current.isEverything)) {
      const next = bestWithin(frontier, budget);
      const refused = next.holes.length === 0 || next.isEverything ? [] : await refusedHoles(next);
      for (const hole of refused) blocked.add(keyOf(hole));
      if (refused.length === 0) {
        current = next;
        for (const id of takenOut(next, tree)) out.add(id);
      }
      frontier = frontierOf(tree, options, out, isBlocked);
    }
    programs.push(current);
  }
  return programs;
}

/** The partial program that is one hole. */
export function everything(tree: CostNode): PartialProgram {
  const hole = { parent: tree, first: 0, last: tree.children.length - 1, range: tree.range, isRest: true };
  return { holes: [hole], kept: 0, cost: 0, isEverything: true };
}

function keyOf({ parent, first, last, isRest }: Hole): string {
  return `${parent.id} ${first} ${last} ${isRest}`;
}

/** The leaves and pieces that a program takes out, by their ids. */
export function takenOut({ holes }: PartialProgram, tree: CostNode): ReadonlySet<number> {
  const out = new Set<number>();
  const visit = (node: CostNode): void => {
    if (node.children.length === 0 && isInHole(node.range.start, node.range.end, holes)) out.add(node.id);
    node.children.forEach(visit);
  };
  visit(tree);
  return out;
}

/** The end of the line, which is empty, lies in the hole that is the rest of the line. */
export function isInHole(start: number, end: number, holes: readonly Hole[]): boolean {
  for (const { range, isRest } of holes) {
    if (start >= range.start && end <= range.end && (start < end || isRest)) return true;
  }
  return false;
}
