// Rows of a tree on the tiny model: what they are, compared with their branches one by one.

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest, type Manifest } from '../manifest.js';
import { loadEmbedding, type Embed } from '../runtime/embedding.js';
import { KvCache } from '../runtime/kvCache.js';
import type { TreeRow } from '../runtime/rowTree.js';
import { openGraphs, type Graphs } from '../runtime/session.js';
import { withStableRows } from '../runtime/stableRows.js';
import { neverExit, type ExitPolicy } from './exitPolicy.js';
import { forward } from './forward.js';
import { forwardTree } from './treePass.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));
let manifest: Manifest;
let graphs: Graphs;
let embed: Embed;
let width: number;

beforeAll(async () => {
  manifest = await readManifest(folder);
  width = manifest.architecture.hidden;
  graphs = await withStableRows(await openGraphs(folder, manifest, 1), manifest);
  embed = await loadEmbedding(folder, manifest);
});
afterAll(() => graphs.release());

const prompt = Array.from({ length: 21 }, (_, i) => (i * 53 + 7) % 300);
const branches = [
  [1, 2, 3, 4, 5],
  [6, 7, 8],
  [9, 10, 11, 12],
];
/** Where each leaves the prompt, as the slot that its first token follows. */
const forks = [20, 20, 11];

const promptCache = async (exit: ExitPolicy = neverExit): Promise<KvCache> => {
  const cache = new KvCache(manifest);
  await forward(graphs, embed, cache, prompt, neverExit);
  if (exit === neverExit) return cache;
  cache.rewindTo(15);
  for (const id of prompt.slice(15)) await forward(graphs, embed, cache, [id], exit);
  return cache;
};

/** The states of a branch behind what it sees of the prompt, computed alone. */
const alone = async (branch: number): Promise<Float32Array> => {
  const cache = new KvCache(manifest);
  await forward(graphs, embed, cache, prompt.slice(0, forks[branch]! + 1), neverExit);
  return (await forward(graphs, embed, cache, branches[branch]!, neverExit)).hidden.slice();
};

/** All branches level by level; `rowsOf` has the rows of each. */
const levels = (): { rows: TreeRow[]; rowsOf: number[][] } => {
  const rows: TreeRow[] = [];
  const rowsOf: number[][] = branches.map(() => []);
  for (let level = 0; level < 5; level++) {
    for (const [branch, ids] of branches.entries()) {
      const before = rowsOf[branch]!.at(-1);
      if (level >= ids.length) continue;
      rowsOf[branch]!.push(rows.length);
      rows.push({ id: ids[level]!, parent: before === undefined ? forks[branch]! : prompt.length + before });
    }
  }
  return { rows, rowsOf };
};

const distance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0) /
  b.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

const expectBranches = async (states: Float32Array, rowsOf: readonly (readonly number[])[]): Promise<void> => {
  for (const [branch, rows] of rowsOf.entries()) {
    const expected = await alone(branch);
    for (const [level, row] of rows.entries()) {
      const state = states.subarray(row * width, (row + 1) * width);
      expect(distance(state, expected.subarray(level * width, (level + 1) * width))).toBeLessThan(1e-5);
    }
  }
};

describe('rows of a tree', () => {
  it('are those of their branches, in one pass and in several', async () => {
    const { rows, rowsOf } = levels();
    const cache = await promptCache();
    await expectBranches(await forwardTree(graphs, embed, cache, rows), rowsOf);
    cache.dropTree();
    const parts: number[] = [];
    for (const [from, to] of [
      [0, 3],
      [3, 4],
      [4, rows.length],
    ])
      parts.push(...(await forwardTree(graphs, embed, cache, rows.slice(from, to))));
    await expectBranches(Float32Array.from(parts), rowsOf);
  });

  it('are, as a single branch, to the bit what a pass without a tree gives', async () => {
    const cache = await promptCache();
    const rows = branches[0]!.map((id, i) => ({ id, parent: 20 + i }));
    expect(await forwardTree(graphs, embed, cache, rows)).toEqual(await alone(0));
  });

  it('do not see a token that they do not follow', async () => {
    const { rows, rowsOf } = levels();
    const cache = await promptCache();
    const states = (await forwardTree(graphs, embed, cache, rows)).slice();
    cache.dropTree();
    const others = rows.map((row, number) => (rowsOf[1]!.includes(number) ? { ...row, id: row.id + 100 } : row));
    const changed = await forwardTree(graphs, embed, cache, others);
    const of = (all: Float32Array, branch: number): Float32Array[] =>
      rowsOf[branch]!.map((row) => all.slice(row * width, (row + 1) * width));
    expect(of(changed, 0)).toEqual(of(states, 0));
    expect(of(changed, 2)).toEqual(of(states, 2));
    expect(of(changed, 1)).not.toEqual(of(states, 1));
  });

  it('wait for nothing: what left early behind the prompt is caught up first', async () => {
    const { rows, rowsOf } = levels();
    const cache = await promptCache({ exits: () => true, decided: new Map() });
    expect(cache.segmentLength(1)).toBe(15);
    await expectBranches(await forwardTree(graphs, embed, cache, rows), rowsOf);
    expect(cache.segmentLength(1)).toBe(prompt.length);
  });
});

describe('a cache behind which a tree was', () => {
  const further = [40, 41, 42];

  it('goes on to the bit as if there had been none', async () => {
    const cache = await promptCache();
    await forwardTree(graphs, embed, cache, levels().rows);
    const after = (await forward(graphs, embed, cache, further, neverExit)).hidden.slice();
    expect(after).toEqual((await forward(graphs, embed, await promptCache(), further, neverExit)).hidden.slice());
  });

  it('goes on behind the branch that is kept', async () => {
    const { rows, rowsOf } = levels();
    for (const [branch, own] of branches.entries()) {
      const cache = await promptCache();
      await forwardTree(graphs, embed, cache, rows);
      cache.keepBranch(prompt.length + rowsOf[branch]!.at(-1)!);
      const sequence = [...prompt.slice(0, forks[branch]! + 1), ...own];
      expect(cache.tokens).toEqual(sequence);
      const kept = (await forward(graphs, embed, cache, further, neverExit)).hidden.slice();
      const fresh = new KvCache(manifest);
      await forward(graphs, embed, fresh, sequence, neverExit);
      expect(distance(kept, (await forward(graphs, embed, fresh, further, neverExit)).hidden)).toBeLessThan(1e-5);
    }
  });
});
