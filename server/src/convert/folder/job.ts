// Some rows of the source as they lie in its file, to be rounded: what goes to a thread, and what comes back.

import { dequantisers } from '../gguf/dequantise.js';
import { roundRows, type RoundedRows, type Rounding } from '../rounding/roundRows.js';

export interface RoundingJob {
  /** The kind of tensor, by name. */
  readonly type: string;
  /** Numbers in a block of that kind. */
  readonly typeBlock: number;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  readonly factor: number;
  readonly rounding: Rounding;
}

/** @returns undefined where a number is not finite */
export function runJob({
  type,
  typeBlock,
  bytes,
  rows,
  columns,
  factor,
  rounding,
}: RoundingJob): RoundedRows | undefined {
  const values = new Float32Array(rows * columns);
  dequantisers[type]!(bytes, values.length / typeBlock, values);
  if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
  return roundRows(values, columns, rounding);
}
