// Random cost trees for property tests, and the search through all partial programs that the dynamic program is held
// against.

import fc from 'fast-check';
import type { CostNode, HoleOptions } from '../types.js';

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

interface State {
  readonly holes: number;
  readonly kept: number;
  readonly cost: number;
  readonly endsInHole: boolean;
  readonly isCut: boolean;
}

/** The most that can be kept within a budget, and its least cost, by trying all ways. */
export function bruteForce(
  tree: CostNode,
  options: HoleOptions,
  budget: number,
): { readonly kept: number; readonly cost: number } {
  const start = { holes: 0, kept: 0, cost: 0, endsInHole: false, isCut: false };
  const states = waysOf(tree, 0, start, options);
  let best = { kept: 0, cost: 0 };
  for (const { kept, cost } of states) {
    if (cost > budget + 1e-9) continue;
    if (kept > best.kept || (kept === best.kept && kept > 0 && cost < best.cost)) best = { kept, cost };
  }
  return best;
}

function waysOf(parent: CostNode, from: number, state: State, options: HoleOptions): State[] {
  const child = parent.children[from];
  if (child === undefined || state.isCut) return [state];
  const ways = waysToKeep(child, state, options).flatMap((next) => waysOf(parent, from + 1, next, options));
  if (options.cuts && !parent.isWhole && options.freeCutAt?.(child) === true) ways.push({ ...state, isCut: true });
  if (state.holes === options.holes) return ways;
  const holes = state.holes + 1;
  if (options.freeCutAt === undefined && options.cuts && !parent.isWhole && !state.endsInHole)
    ways.push({ ...state, holes, isCut: true });
  if (!child.isRemovable) return ways;
  for (let last = from; last < parent.children.length && parent.children[last]!.isWhole; last++) {
    if (parent.children[last]!.isRemovable) {
      ways.push(...waysOf(parent, last + 1, { ...state, holes, endsInHole: true }, options));
    }
    if (!options.runs) break;
  }
  return ways;
}

function waysToKeep(node: CostNode, state: State, options: HoleOptions): State[] {
  const cost = state.cost + (state.endsInHole ? node.costAfterHole : node.cost);
  if (node.children.length === 0) {
    return [{ ...state, kept: state.kept + node.weight, cost, endsInHole: false }];
  }
  return waysOf(node, 0, { ...state, cost, endsInHole: false }, options);
}
