// Matrices whose numbers share a scale in blocks, rounded anew to 8 bits with one step for each row.

import { openBlockRows, type BlockMatrix } from '../../model/index.js';
import { float16Values } from '../rounding/float16.js';

/** A matrix of so many rows whose scales are the bits of half-precision numbers. */
export interface HalfMatrix extends Omit<BlockMatrix, 'scales'> {
  readonly rows: number;
  readonly scales: Uint16Array;
}

export interface RowSteps {
  /** [columns, rows], as MatMulInteger reads it. */
  readonly codes: Int8Array;
  /** What a code counts, [rows]. */
  readonly steps: Float32Array;
}

/** Rows that are written together, so that neighbours in memory are. */
const TOGETHER = 64;

/** @param largestCode the largest value of a row becomes it, or its negative */
export function toRowSteps(matrix: HalfMatrix, largestCode: number): RowSteps {
  const { rows, columns } = matrix;
  const halves = float16Values();
  const writeRow = openBlockRows({ ...matrix, scales: Float32Array.from(matrix.scales, (bits) => halves[bits]!) });
  const codes = new Int8Array(columns * rows);
  const steps = new Float32Array(rows);
  const values = new Float32Array(TOGETHER * columns);
  for (let start = 0; start < rows; start += TOGETHER) {
    const end = Math.min(start + TOGETHER, rows);
    const inverse = new Float32Array(end - start);
    for (let row = start; row < end; row++) {
      const numbers = values.subarray((row - start) * columns, (row - start + 1) * columns);
      writeRow(row, numbers);
      const largest = largestOf(numbers);
      // A row of zeros has any step.
      steps[row] = largest === 0 ? 1 : largest / largestCode;
      inverse[row - start] = largest === 0 ? 0 : largestCode / largest;
    }
    for (let column = 0; column < columns; column++) {
      const at = column * rows;
      for (let row = start; row < end; row++)
        codes[at + row] = Math.round(values[(row - start) * columns + column]! * inverse[row - start]!);
    }
  }
  return { codes, steps };
}

function largestOf(numbers: Float32Array): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}
