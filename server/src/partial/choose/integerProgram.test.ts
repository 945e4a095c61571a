// The tree program's answers for a few hundred random trees, kept in a file with them: models/build/tests/test_holes_ilp.py solves
// the paper's integer linear program for the same trees, and has to keep as much. UPDATE=1 draws trees anew and writes the
// file.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bestWithin, frontierOf, nestedPrograms } from './chooseHoles.js';
import { seededRandom } from '../../common/random.js';
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

function randomNodes(below: (limit: number) => number): Row['nodes'] {
  const count = 2 + below(11);
  return Array.from({ length: count }, (_, index) => ({
    // Some long chains, some wide nodes.
    parent: index === 0 ? null : below(3) === 0 ? index - 1 : below(index),
    cost: below(4) === 0 ? 0 : below(40),
    isRemovable: index > 0 && below(6) !== 0,
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

type Tree = Pick<Row, 'nodes' | 'holes'>;

function drawn(seed: number): Tree {
  const { below } = seededRandom(seed);
  return { nodes: randomNodes(below), holes: 1 + below(4) };
}

async function answered({ nodes, holes }: Tree): Promise<Row> {
  const tree = treeOf(nodes);
  const all = nodes.reduce((sum, { cost }) => sum + cost, 0);
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
  const kept = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[];
  const isUpdate = process.env['UPDATE'] !== undefined;
  const trees = isUpdate ? Array.from({ length: 300 }, (_, index) => drawn(index + 1)) : kept;
  const rows: Row[] = [];
  for (const tree of trees) rows.push(await answered(tree));
  if (isUpdate) writeFileSync(file, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  else expect(rows).toEqual(kept);
  expect(rows).toHaveLength(300);
});
