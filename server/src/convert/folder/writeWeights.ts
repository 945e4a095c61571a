// Writes the weights of a plan into their files: rows are read a few at a time, rounded elsewhere, and written where they
// belong. A file that is finished is noted with its SHA-256, so that a run that was stopped goes on behind it.

import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import type { RowsOfTensor } from '../family/matrix.js';
import { readRows } from '../family/source.js';
import type { MatrixPlaces, PlannedMatrix } from '../graphs/graph.js';
import type { ModelPlan } from '../graphs/plan.js';
import type { RoundingJob } from './job.js';
import { rowSizes, type RoundedRows } from '../rounding/roundRows.js';
import { sha256Of } from './checksum.js';
import type { FinishedFiles } from './finished.js';
import { OpenFiles } from './openFiles.js';

/** Where rows are rounded: elsewhere, several at a time. */
export interface Rounder {
  readonly parallel: number;
  round(job: RoundingJob): Promise<RoundedRows | undefined>;
}

/** Numbers that are rounded in one go. */
const NUMBERS = 1 << 20;

export interface WeightsWriting {
  readonly plan: ModelPlan;
  readonly source: { readonly handle: FileHandle; readonly name: string };
  readonly folder: string;
  readonly rounder: Rounder;
  readonly finished: FinishedFiles;
  /** Told how many numbers are done, of all. */
  readonly tell: (done: number, total: number) => void;
}

/** @throws ConversionError; AbortError */
export async function writeWeights(writing: WeightsWriting, signal: AbortSignal): Promise<void> {
  const { plan, folder, finished, tell, rounder } = writing;
  const waiting = plan.matrices.filter(({ places }) => filesOf(places).some((file) => !finished.has(file)));
  const left = new Map<string, number>();
  for (const { places } of waiting) for (const file of filesOf(places)) left.set(file, (left.get(file) ?? 0) + 1);
  const total = numbersOf(plan.matrices);
  let done = total - numbersOf(waiting);
  tell(done, total);

  const open = new OpenFiles(folder, plan.data);
  const running = new Set<Promise<void>>();
  const failures: Error[] = [];
  try {
    for (const { matrix, places } of waiting) {
      const chunks = chunksOf(matrix.from, matrix.columns);
      let chunksLeft = chunks.length;
      for (const chunk of chunks) {
        signal.throwIfAborted();
        throwFirst(failures);
        const task = (async () => {
          await roundChunk(writing, { matrix, places }, chunk, open);
          done += (chunk.end - chunk.start) * matrix.columns;
          tell(done, total);
          if (--chunksLeft > 0) return;
          for (const file of filesOf(places)) {
            left.set(file, left.get(file)! - 1);
            if (left.get(file) === 0) await finish(file, writing, open);
          }
        })();
        const held = task.catch((error: Error) => void failures.push(error)).finally(() => running.delete(held));
        running.add(held);
        // One more than are rounded, so that nobody waits for the disk.
        if (running.size > rounder.parallel) await Promise.race(running);
      }
    }
    await Promise.all(running);
    throwFirst(failures);
  } finally {
    await Promise.all(running);
    await open.close();
  }
}

function throwFirst([first]: readonly Error[]): void {
  if (first !== undefined) throw first;
}

interface Chunk extends RowsOfTensor {
  /** Of its first row among the matrix's. */
  readonly row: number;
}

function chunksOf(runs: readonly RowsOfTensor[], columns: number): Chunk[] {
  const most = Math.max(1, Math.floor(NUMBERS / columns));
  const chunks: Chunk[] = [];
  let row = 0;
  for (const run of runs) {
    for (let start = run.start; start < run.end; start += most) {
      const end = Math.min(start + most, run.end);
      chunks.push({ ...run, start, end, row });
      row += end - start;
    }
  }
  return chunks;
}

async function roundChunk(
  { source, rounder }: WeightsWriting,
  { matrix, places }: PlannedMatrix,
  { tensor, start, end, factor, row }: Chunk,
  files: OpenFiles,
): Promise<void> {
  const { columns, rounding } = matrix;
  const bytes = await readRows(source.handle, tensor, start, end, source.name);
  const { name: type, block: typeBlock } = tensor.type;
  const rounded = await rounder.round({ type, typeBlock, bytes, rows: end - start, columns, factor, rounding });
  if (rounded === undefined) {
    throw new ConversionError(
      words('{0} cannot be used: its tensor {1} holds what is no number.', source.name, tensor.name),
    );
  }
  const sizes = rowSizes(columns, rounding);
  const { weights, scales, zeroPoints } = places;
  await files.write(weights.file, rounded.codes, weights.offset + row * sizes.codes);
  await files.write(scales.file, bytesOf(rounded.scales), scales.offset + row * sizes.blocks * 2);
  if (zeroPoints !== null)
    await files.write(zeroPoints.file, rounded.zeroPoints, zeroPoints.offset + row * sizes.zeroPoints);
}

async function finish(file: string, { folder, finished }: WeightsWriting, files: OpenFiles): Promise<void> {
  await files.finish(file);
  await finished.add(file, await sha256Of(join(folder, file)));
}

function filesOf({ weights, scales, zeroPoints }: MatrixPlaces): string[] {
  return [...new Set([weights.file, scales.file, ...(zeroPoints === null ? [] : [zeroPoints.file])])];
}

function numbersOf(matrices: readonly PlannedMatrix[]): number {
  return matrices.reduce((sum, { matrix: { rows, columns } }) => sum + rows * columns, 0);
}

function bytesOf(values: Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
