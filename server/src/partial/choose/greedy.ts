// The paper's baseline: take out the leaf that costs most until the rest is within the budget; once all holes are used,
// widen one to its parent. Kept to compare with.

import { everything } from './chooseHoles.js';
import type { CostNode, Hole, PartialProgram } from '../types.js';

interface Entry {
  readonly node: CostNode;
  readonly parent: Entry | undefined;
  readonly index: number;
}

/** @param tree with folded pieces, as the paper has it */
export function greedyPrograms(tree: CostNode, holes: number, budgets: readonly number[]): readonly PartialProgram[] {
  const entries = entriesOf(tree);
  const out = new Set<CostNode>();
  let isAll = false;
  const take = ({ node }: Entry): void => visit(node, (inner) => out.add(inner));
  const openHoles = (): Entry[] =>
    entries.filter(({ node, parent }) => out.has(node) && parent !== undefined && !out.has(parent.node));
  const step = (): void => {
    const used = openHoles();
    const leaf = mostCostly(
      entries.filter((entry) => isLeaf(entry, out) && holesAfter(entry, used) <= holes),
      ownCost,
    );
    if (leaf !== undefined && used.length < holes) return take(leaf);
    const parents = used.flatMap(({ parent }) => (parent?.node.isRemovable === true ? parent : []));
    const wider = mostCostly(parents, ownCost);
    if (wider !== undefined) return take(wider);
    isAll = true;
  };
  return budgets.map((budget) => {
    while (!isAll && costOf(tree, out) > budget) step();
    if (isAll) return everything(tree);
    return { holes: openHoles().map(toHole), ...keptOf(tree, out), isEverything: false };
  });
}

function entriesOf(tree: CostNode): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (node: CostNode, parent: Entry | undefined, index: number): void => {
    const entry = { node, parent, index };
    entries.push(entry);
    for (const [at, child] of node.children.entries()) add(child, entry, at);
  };
  add(tree, undefined, 0);
  return entries;
}

/** A node that can be taken out and none of whose nodes is left. */
function isLeaf({ node }: Entry, out: ReadonlySet<CostNode>): boolean {
  return node.isRemovable && !out.has(node) && node.children.every((child) => child.kind === 'piece' || out.has(child));
}

/** How many holes there are once a leaf is taken out; those among its children become part of it. */
function holesAfter({ node }: Entry, used: readonly Entry[]): number {
  return used.length + 1 - used.filter(({ parent }) => parent?.node === node).length;
}

/** A node's cost and that of its pieces. */
function ownCost({ node }: Entry): number {
  return node.children.reduce((sum, { kind, cost }) => sum + (kind === 'piece' ? cost : 0), node.cost);
}

function mostCostly(entries: readonly Entry[], costOfEntry: (entry: Entry) => number): Entry | undefined {
  let best: Entry | undefined;
  for (const entry of entries) if (best === undefined || costOfEntry(entry) > costOfEntry(best)) best = entry;
  return best;
}

function costOf(tree: CostNode, out: ReadonlySet<CostNode>): number {
  return keptOf(tree, out).cost;
}

function keptOf(tree: CostNode, out: ReadonlySet<CostNode>): { readonly kept: number; readonly cost: number } {
  let [kept, cost] = [0, 0];
  visit(tree, (node) => {
    if (out.has(node)) return;
    kept += node.weight;
    if (node !== tree) cost += node.cost;
  });
  return { kept, cost };
}

function visit(node: CostNode, call: (node: CostNode) => void): void {
  call(node);
  for (const child of node.children) visit(child, call);
}

function toHole({ node, parent, index }: Entry): Hole {
  return { parent: parent!.node, first: index, last: index, range: node.range, isRest: false };
}
