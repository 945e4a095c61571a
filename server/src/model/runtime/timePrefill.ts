// Whether a prefill form pays on this machine: tried before all of it is made.

import { readManifest } from '../manifest.js';
import type { PrefillSegments } from './prefill.js';
import { createLayerCache, openSegmentsOf, openSmallGraph, type OpenSegments, type Segment } from './session.js';

/** A pass of a prompt, and how often it is timed in each form, in turn. */
const ROWS = 64;
const ROUNDS = 7;

/**
 * The time of a pass as a share of that in the form that ships: the median of several, through the segments that the form has.
 * @param prefill one segment is enough
 */
export async function prefillTimeRatio(modelFolder: string, prefill: PrefillSegments): Promise<number> {
  const manifest = await readManifest(modelFolder);
  const { hidden: width, layers } = manifest.architecture;
  const tried = prefill.segments[0]!;
  const shipped = manifest.segments.filter(({ from }) => from === tried.from);
  const opened: OpenSegments[] = [];
  try {
    opened.push(await openSegmentsOf(modelFolder, shipped, manifest, 0));
    opened.push(await openSegmentsOf(prefill.folder, [tried], manifest, 0));
    const input = Float32Array.from({ length: ROWS * width }, (_, i) => Math.sin(0.7 * i) + Math.cos(0.013 * i * i));
    const caches = Array.from({ length: layers }, (_, layer) =>
      createLayerCache(manifest, layer < tried.from || layer >= tried.to ? 0 : ROWS),
    );
    const time = async (segment: Segment): Promise<number> => {
      const began = performance.now();
      await segment.run(input, ROWS, 0, caches);
      return performance.now() - began;
    };
    const [own, other] = opened.map(({ segments }) => segments[0]!) as [Segment, Segment];
    const ratios: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const ratio = (await time(other)) / (await time(own));
      // The first passes fetch weights from the disk.
      if (round > 0) ratios.push(ratio);
    }
    return ratios.sort((a, b) => a - b)[ROUNDS >> 1]!;
  } finally {
    for (const one of opened) await one.release();
  }
}

/**
 * Whether a graph that multiplies the largest 8-bit numbers gives exactly what it should: without dot products of 8 bits, some
 * processors add pairs of products up in 16 bits, which they do not fit.
 * @param file takes `rows`, [1, 1, columns]; gives `sums`
 */
export async function addsUpExactly(file: string, columns: number, sum: number): Promise<boolean> {
  const graph = await openSmallGraph(file);
  try {
    const rows = { data: new Float32Array(columns).fill(1), dims: [1, 1, columns] };
    const sums = (await graph.run({ rows }))['sums']!.data;
    return sums.every((found) => Math.abs(found - sum) <= 1e-5 * sum);
  } finally {
    await graph.release();
  }
}
