// Makes a row's result independent of the pass it is computed in.
//
// The runtime multiplies rows in groups and computes what is left over with another kernel, whose results differ: on
// processors with AVX-512, pairs and single rows differ by up to 0.9 in a logit. A line that was verified in one pass
// would then not be the line that is decoded token by token. So every pass is padded to whole groups, whose size is
// found by trying; with it, what is drafted, cached, rewound or caught up changes no bit of a result.

import type { Manifest } from '../manifest.js';
import { padTree } from './rowTree.js';
import { createLayerCache, type Graphs, type Head, type Segment } from './session.js';

/** Sizes of groups that are tried, the smallest first. */
const GROUPS = [1, 2, 4, 8] as const;

/** Positions that a padded pass writes behind the last one that counts, at most. */
export const PADDING = GROUPS[GROUPS.length - 1]! - 1;

/** Wraps graphs so that they compute whole groups of rows. */
export async function withStableRows(graphs: Graphs, manifest: Manifest): Promise<Graphs> {
  const { hidden: width, vocabulary } = manifest.architecture;
  const group = await findGroup(graphs.segments, manifest);
  if (group === 1) return graphs;
  const segments = inGroups(graphs.segments, width, group);
  const head: Head = {
    async run(hidden, count) {
      const padded = padRows(hidden, count, width, group);
      return (await graphs.head.run(padded, padded.length / width)).subarray(0, count * vocabulary);
    },
  };
  return { ...graphs, segments, head };
}

/** The same for segments by themselves. */
export async function stableSegments(segments: readonly Segment[], manifest: Manifest): Promise<readonly Segment[]> {
  return inGroups(segments, manifest.architecture.hidden, await findGroup(segments, manifest));
}

function inGroups(segments: readonly Segment[], width: number, group: number): readonly Segment[] {
  if (group === 1) return segments;
  return segments.map((segment) => ({
    ...segment,
    async run(hidden, count, past, caches, tree) {
      const padded = padRows(hidden, count, width, group);
      const rows = padded.length / width;
      const result = await segment.run(padded, rows, past, caches, tree && padTree(tree, rows));
      return result.subarray(0, count * width);
    },
  }));
}

/**
 * The smallest group in which rows come out the same, bit by bit, whether one, two or more groups are computed at once.
 * Where there is none, rows are computed as they come, and equality holds up to rounding only.
 */
async function findGroup(segments: readonly Segment[], manifest: Manifest): Promise<number> {
  const { hidden: width, layers } = manifest.architecture;
  const segment = segments.at(-1)!;
  const rows = 4 * GROUPS[GROUPS.length - 1]!;
  const input = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(0.7 * i) + Math.cos(0.013 * i * i));
  const computeBy = async (size: number): Promise<Float32Array> => {
    const caches = Array.from({ length: layers }, (_, layer) =>
      createLayerCache(manifest, layer < segment.from ? 0 : rows),
    );
    const result = new Float32Array(rows * width);
    for (let row = 0; row < rows; row += size) {
      const part = input.slice(row * width, (row + size) * width);
      result.set(await segment.run(part, size, row, caches), row * width);
    }
    return result;
  };
  const atOnce = await computeBy(rows);
  for (const group of GROUPS) {
    const alone = await computeBy(group);
    const twice = await computeBy(2 * group);
    if (areEqual(alone, atOnce) && areEqual(twice, atOnce)) return group;
  }
  return 1;
}

/** Repeats the last row until the rows fill whole groups. */
function padRows(rows: Float32Array, count: number, width: number, group: number): Float32Array {
  const wanted = Math.ceil(count / group) * group;
  if (wanted === count) return rows;
  const padded = new Float32Array(wanted * width);
  padded.set(rows);
  const last = rows.subarray((count - 1) * width, count * width);
  for (let row = count; row < wanted; row++) padded.set(last, row * width);
  return padded;
}

function areEqual(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => value === b[i]);
}
