// A matrix of the model that is made: rows of tensors of the source, one after the other, and how they are rounded.

import type { TensorPlace } from '../gguf/header.js';
import type { Rounding } from '../rounding/roundRows.js';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly rounding: Rounding;
  /** In order; together they have `rows` rows. */
  readonly from: readonly RowsOfTensor[];
}

/** Rows [start, end) of a tensor, times a factor. */
export interface RowsOfTensor {
  readonly tensor: TensorPlace;
  readonly start: number;
  readonly end: number;
  readonly factor: number;
}

/** Whole tensors, one after the other. */
export function stacked(tensors: readonly TensorPlace[], rounding: Rounding, factor = 1): Matrix {
  const from = tensors.map((tensor) => ({ tensor, start: 0, end: tensor.dimensions[1] ?? 1, factor }));
  return matrixOf(from, rounding);
}

/** Rows of one tensor, by their numbers. */
export function rowsOf(tensor: TensorPlace, numbers: readonly number[], rounding: Rounding, factor: number): Matrix {
  const runs: { tensor: TensorPlace; start: number; end: number; factor: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.end === number) last.end++;
    else runs.push({ tensor, start: number, end: number + 1, factor });
  }
  return matrixOf(runs, rounding);
}

function matrixOf(from: readonly RowsOfTensor[], rounding: Rounding): Matrix {
  const rows = from.reduce((sum, { start, end }) => sum + end - start, 0);
  return { rows, columns: from[0]!.tensor.dimensions[0]!, rounding, from };
}
