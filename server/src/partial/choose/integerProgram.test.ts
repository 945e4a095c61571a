// The tree program's answers for a few hundred random trees, kept in a file: models/build/tests/test_holes_ilp.py solves
// the paper's integer linear program for the same trees, and has to keep as much. UPDATE=1 writes the file.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bestWithin, frontierOf, nestedPrograms } from './chooseHoles.js';
import { seededRandom } from '../testing/seededRandom.js';
import type { CostNode } from '../types.js';

const file = new URL('../../../test/fixtures/holes/trees.json', import.meta.url);

interface Row {
  /** Nodes in the tree's order; the root has no parent. Costs in tenths. */
  readonly nodes: readonly { readonly parent: number | null; readonly cost: number; readonly isRemovable: boolean }[];
  readonly holes: number;
  /** Falling, in tenths. */
  readonly budgets: readonly number[];
  /** Nodes kept: by the best program for each budget, and by nested ones. */
  readonly best: readonly number[];
  readonly nested: readonly number[];
}

function randomNodes(random: (limit: number) => number): Row['nodes'] {
  const count = 2 + random(11);
  return Array.from({ length: count }, (_, index) => ({
    // Some long chains, some wide nodes.
    parent: index === 0 ? null : random(3) === 0 ? index - 1 : random(index),
    cost: random(4) === 0 ? 0 : random(40),
    isRemovable: index > 0 && random(6) !== 0,
  }));
}

function treeOf(nodes: Row['nodes']): CostNode {
  let id = nodes.length;
  let at = 0;
  const build = (index: number): CostNode => {
    const start = at++;
    const { cost, isRemovable } = nodes[index]!;
    const inner = nodes.flatMap(({ parent }, child) => (parent === index ? [build(child)] : []));
    const own = { cost: cost / 10, costAfterHole: cost / 10, weight: 1 };
    const range = { start, end: at };
    const node = { kind: 'node', type: 'node', range, isWhole: index > 0, isRemovable } as const;
    if (inner.length === 0 && index > 0) return { ...node, ...own, id: index, children: [] };
    const piece: CostNode = {
      ...own,
      id: id++,
      kind: 'piece',
      type: '.',
      range: { start, end: start + 1 },
      isWhole: true,
      isRemovable: false,
      children: [],
    };
    return { ...node, cost: 0, costAfterHole: 0, weight: 0, id: index, children: [piece, ...inner] };
  };
  return build(0);
}

async function answered(seed: number): Promise<Row> {
  const share = seededRandom(seed);
  const random = (limit: number): number => Math.floor(share() * limit);
  const nodes = randomNodes(random);
  const tree = treeOf(nodes);
  const all = nodes.reduce((sum, { cost }) => sum + cost, 0);
  const holes = 1 + random(4);
  const budgets = [all, (3 * all) / 4, all / 2, all / 4, all / 10, 0].map(Math.floor);
  const options = { holes, runs: false, cuts: false };
  const costs = budgets.map((budget) => budget / 10);
  const frontier = frontierOf(tree, options);
  const nested = await nestedPrograms(tree, options, costs);
  return {
    nodes,
    holes,
    budgets,
    best: costs.map((budget) => bestWithin(frontier, budget).kept),
    nested: nested.map(({ kept }) => kept),
  };
}

it('answers as the file says, which the integer program is held against', async () => {
  const rows: Row[] = [];
  for (let seed = 1; seed <= 300; seed++) rows.push(await answered(seed));
  if (process.env['UPDATE'] !== undefined)
    writeFileSync(file, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  expect(rows).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
