// Rows of a matrix whose numbers share a scale in blocks, as onnxruntime's MatMulNBits reads them: of two codes in a byte the
// first is the lower half.

/** A matrix of `columns`, as many rows as it holds. */
export interface BlockMatrix {
  readonly columns: number;
  readonly bits: number;
  readonly block: number;
  readonly codes: Uint8Array;
  /** One for each block of each row. */
  readonly scales: Float32Array;
  /** Codes of zero, each row ending with a whole byte; the middle of the range where there are none. */
  readonly zeroPoints: Uint8Array | undefined;
}

/** Returns what writes the numbers of a row, [columns]. */
export function openBlockRows({
  columns,
  bits,
  block,
  codes,
  scales,
  zeroPoints,
}: BlockMatrix): (row: number, out: Float32Array) => void {
  const blocks = Math.ceil(columns / block);
  const rowBytes = (blocks * block * bits) / 8;
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const middle = 1 << (bits - 1);
  const codeAt = (bytes: Uint8Array, start: number, i: number): number =>
    bits === 8 ? bytes[start + i]! : (bytes[start + (i >> 1)]! >> ((i & 1) * 4)) & 15;
  return (row, out) => {
    for (let at = 0; at < blocks; at++) {
      const scale = scales[row * blocks + at]!;
      const zero = zeroPoints === undefined ? middle : codeAt(zeroPoints, row * zeroBytes, at);
      const end = Math.min((at + 1) * block, columns);
      for (let i = at * block; i < end; i++) out[i] = (codeAt(codes, row * rowBytes, i) - zero) * scale;
    }
  };
}
