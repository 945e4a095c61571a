// Random cost trees for property tests, and the search through all partial programs that the dynamic program is held
// against.

import fc from 'fast-check';
import type { HoleOptions } from '../chooseHoles.js';
import type { CostNode, PartialProgram } from '../types.js';

interface Shape {
  readonly isNode: boolean;
  readonly isRemovable: boolean;
  readonly isWhole: boolean;
  readonly cost: number;
  readonly costAfterHole: number;
  readonly children: readonly Shape[];
}

const cost = fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10);

function shape(folded: boolean): fc.Arbitrary<Shape> {
  return fc.letrec<{ node: Shape }>((tie) => ({
    node: fc
      .record({
        isNode: fc.boolean(),
        isRemovable: fc.boolean(),
        isOpen: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
        cost,
        costAfterHole: cost,
        children: fc.oneof(
          { depthSize: 'small', maxDepth: 3 },
          fc.constant([]),
          fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        ),
      })
      .map(({ isOpen, ...rest }): Shape => {
        const isNode = rest.isNode || rest.children.length > 0;
        const isWhole = !isOpen;
        return {
          ...rest,
          isNode,
          isWhole,
          isRemovable: rest.isRemovable && isNode && isWhole,
          costAfterHole: folded ? rest.cost : rest.costAfterHole,
        };
      }),
  })).node;
}

/** Trees of up to about ten leaves; `folded` gives them as the paper has them, one piece for each node. */
export function randomTree({ folded = false } = {}): fc.Arbitrary<CostNode> {
  return fc.array(shape(folded), { minLength: 1, maxLength: 4 }).map((children) => {
    let id = 0;
    let at = 0;
    const build = (from: Shape): CostNode => {
      const own = id++;
      const start = at;
      const isLeaf = from.children.length === 0;
      if (isLeaf) at++;
      const inner = from.children.map(build);
      return {
        id: own,
        kind: from.isNode ? 'node' : 'piece',
        type: from.isNode ? 'node' : ',',
        range: { start, end: at },
        cost: folded && !isLeaf ? 0 : from.cost,
        costAfterHole: folded && !isLeaf ? 0 : from.costAfterHole,
        weight: isLeaf ? 1 : 0,
        isWhole: from.isWhole,
        isRemovable: from.isRemovable,
        children: inner,
      };
    };
    return build({ isNode: true, isRemovable: false, isWhole: false, cost: 0, costAfterHole: 0, children });
  });
}

export function leavesOf(tree: CostNode): readonly CostNode[] {
  return tree.children.length === 0 ? [tree] : tree.children.flatMap(leavesOf);
}

/** The leaves that a program takes out. */
export function takenOut({ holes }: PartialProgram): ReadonlySet<number> {
  const siblings = holes.flatMap(({ parent, first, last }) => parent.children.slice(first, last + 1));
  return new Set(siblings.flatMap(leavesOf).map(({ id }) => id));
}

interface State {
  readonly holes: number;
  readonly kept: number;
  readonly cost: number;
  readonly endsInHole: boolean;
}

/** The most that can be kept within a budget, and its least cost, by trying all ways. */
export function bruteForce(
  tree: CostNode,
  { holes, runs }: HoleOptions,
  budget: number,
): { readonly kept: number; readonly cost: number } {
  const states = waysOf(tree.children, 0, { holes: 0, kept: 0, cost: 0, endsInHole: false }, holes, runs);
  let best = { kept: 0, cost: 0 };
  for (const { kept, cost } of states) {
    if (cost > budget + 1e-9) continue;
    if (kept > best.kept || (kept === best.kept && kept > 0 && cost < best.cost)) best = { kept, cost };
  }
  return best;
}

function waysOf(siblings: readonly CostNode[], from: number, state: State, holes: number, runs: boolean): State[] {
  const child = siblings[from];
  if (child === undefined) return [state];
  const ways = waysToKeep(child, state, holes, runs).flatMap((next) => waysOf(siblings, from + 1, next, holes, runs));
  if (state.holes === holes || !child.isRemovable) return ways;
  for (let last = from; last < siblings.length && siblings[last]!.isWhole; last++) {
    if (siblings[last]!.isRemovable) {
      const next = { ...state, holes: state.holes + 1, endsInHole: true };
      ways.push(...waysOf(siblings, last + 1, next, holes, runs));
    }
    if (!runs) break;
  }
  return ways;
}

function waysToKeep(node: CostNode, state: State, holes: number, runs: boolean): State[] {
  const cost = state.cost + (state.endsInHole ? node.costAfterHole : node.cost);
  if (node.children.length === 0) {
    return [{ holes: state.holes, kept: state.kept + node.weight, cost, endsInHole: false }];
  }
  return waysOf(node.children, 0, { ...state, cost, endsInHole: false }, holes, runs);
}
