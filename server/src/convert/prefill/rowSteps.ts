// Matrices whose numbers share a scale in blocks, rounded anew to 8 bits with one step for each row.

import { float16Values } from '../rounding/float16.js';

/** A matrix as onnxruntime's MatMulNBits reads it, [rows, columns]. */
export interface BlockMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: number;
  readonly block: number;
  readonly codes: Uint8Array;
  /** The bits of half-precision numbers, one for each block of each row. */
  readonly scales: Uint16Array;
  /** Codes of zero, each row ending with a whole byte; the middle of the range where there are none. */
  readonly zeroPoints: Uint8Array | undefined;
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
export function toRowSteps(matrix: BlockMatrix, largestCode: number): RowSteps {
  const { rows, columns } = matrix;
  const codes = new Int8Array(columns * rows);
  const steps = new Float32Array(rows);
  const values = new Float32Array(TOGETHER * columns);
  for (let start = 0; start < rows; start += TOGETHER) {
    const end = Math.min(start + TOGETHER, rows);
    const inverse = new Float32Array(end - start);
    for (let row = start; row < end; row++) {
      const largest = readRow(matrix, row, values.subarray((row - start) * columns, (row - start + 1) * columns));
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

/** Writes the numbers of a row, and returns the largest absolute value. */
function readRow(
  { bits, block, columns, codes, scales, zeroPoints }: BlockMatrix,
  row: number,
  to: Float32Array,
): number {
  const halves = float16Values();
  const blocks = Math.ceil(columns / block);
  const rowBytes = (blocks * block * bits) / 8;
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  let largest = 0;
  for (let i = 0; i < blocks; i++) {
    const scale = halves[scales[row * blocks + i]!]!;
    const zero = zeroPoints === undefined ? 1 << (bits - 1) : codeAt(zeroPoints, row * zeroBytes, i, bits);
    const end = Math.min((i + 1) * block, columns);
    for (let column = i * block; column < end; column++) {
      const value = scale * (codeAt(codes, row * rowBytes, column, bits) - zero);
      to[column] = value;
      if (value > largest) largest = value;
      else if (-value > largest) largest = -value;
    }
  }
  return largest;
}

function codeAt(bytes: Uint8Array, start: number, i: number, bits: number): number {
  if (bits === 8) return bytes[start + i]!;
  const pair = bytes[start + (i >> 1)]!;
  return (i & 1) === 0 ? pair & 15 : pair >> 4;
}
