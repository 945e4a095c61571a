// Rounds rows of numbers to 4 or 8 bits in blocks, as models/build/quantise/blocks.py does and to the same bits: a block gets
// the scale, out of nine, that leaves the least squared error. Every step rounds to single precision, as there.

import { float16Values, toFloat16 } from './float16.js';
import { createKernel, type Kernel } from './kernel.js';

export interface Rounding {
  readonly bits: 4 | 8;
  /** Neighbouring numbers of a row that share a scale. */
  readonly block: number;
  /** Whether the zero point is always the middle of the range. */
  readonly symmetric: boolean;
}

/** Rows as onnxruntime's MatMulNBits reads them: of two codes in a byte the first is the lower half. */
export interface RoundedRows {
  readonly codes: Uint8Array;
  /** Half-precision numbers. */
  readonly scales: Uint16Array;
  /** Each row ends with a whole byte; empty for symmetric rounding. */
  readonly zeroPoints: Uint8Array;
}

/** Bytes of one row's codes, number of its scales, and bytes of its zero points. */
export function rowSizes(columns: number, { bits, block, symmetric }: Rounding) {
  const blocks = Math.ceil(columns / block);
  return { blocks, codes: (blocks * block * bits) / 8, zeroPoints: symmetric ? 0 : Math.ceil((blocks * bits) / 8) };
}

/** Shrinking the range of a block clips its peak but serves the other values better. */
const SHRINK = Float32Array.of(1, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76);

/** Adding and taking away this rounds a small single-precision number to a whole one, halves to the even one. */
const ROUNDER = Math.fround(1.5 * 2 ** 23);

const fround = Math.fround;

/** Made when it is first needed, once for each thread. */
let kernelOfThread: Kernel | undefined;

/**
 * @param values rows of numbers, [rows, columns]
 * @returns undefined where a number or its scale is not finite
 */
export function roundRows(values: Float32Array, columns: number, rounding: Rounding): RoundedRows | undefined {
  const { bits, block, symmetric } = rounding;
  const rows = values.length / columns;
  const sizes = rowSizes(columns, rounding);
  const half = float16Values();
  const kernel = (kernelOfThread ??= createKernel());
  const codes = new Uint8Array(rows * sizes.codes);
  const scales = new Uint16Array(rows * sizes.blocks);
  const zeroPoints = new Uint8Array(rows * sizes.zeroPoints);
  const top = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  const stride = sizes.blocks * block;
  const numbers = kernel.space(rows * stride);
  if (stride === columns) numbers.set(values);
  else {
    numbers.fill(0);
    for (let row = 0; row < rows; row++) numbers.set(values.subarray(row * columns, (row + 1) * columns), row * stride);
  }
  for (let row = 0; row < rows; row++) {
    for (let b = 0; b < sizes.blocks; b++) {
      const from = row * stride + b * block;
      const end = from + block;
      const range = symmetric ? peakOf(numbers, from, end) : rangeOf(numbers, from, end);
      if (!Number.isFinite(range.low) || !Number.isFinite(range.high)) return undefined;
      let least = Infinity;
      let bestScale = 0;
      let bestZero = 0;
      for (let i = 0; i < SHRINK.length; i++) {
        const shrink = SHRINK[i]!;
        const wanted = symmetric
          ? fround(fround(range.high / -middle) * shrink)
          : fround(fround(fround(range.high - range.low) * shrink) / top);
        const stored = storable(toFloat16(wanted));
        const scale = half[stored]!;
        const zero = symmetric
          ? middle
          : Math.min(top, Math.max(0, nearest(fround(fround(-range.low * shrink) / scale))));
        const error = kernel.errorOf(from, end, scale, zero, top);
        if (error < least) {
          least = error;
          bestScale = stored;
          bestZero = zero;
        }
      }
      const scale = half[bestScale]!;
      if (!Number.isFinite(scale) || least === Infinity) return undefined;
      scales[row * sizes.blocks + b] = bestScale;
      if (!symmetric) putCode(zeroPoints, row * sizes.zeroPoints, b, bestZero, bits);
      const found = kernel.codesOf(from, end, scale, bestZero, top);
      const to = row * sizes.codes + (b * block * bits) / 8;
      if (bits === 8) for (let i = 0; i < block; i++) codes[to + i] = found[i]!;
      else for (let i = 0; i < block / 2; i++) codes[to + i] = found[2 * i]! | (found[2 * i + 1]! << 4);
    }
  }
  return { codes, scales, zeroPoints };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The number furthest from zero, the first of several; both bounds say it. */
function peakOf(numbers: Float32Array, from: number, end: number): Range {
  let peak = numbers[from]!;
  let furthest = Math.abs(peak);
  for (let i = from + 1; i < end; i++) {
    const distance = Math.abs(numbers[i]!);
    // What is no number is further than all.
    if (!(distance <= furthest)) {
      peak = numbers[i]!;
      furthest = distance;
    }
  }
  return { low: peak, high: peak };
}

function rangeOf(numbers: Float32Array, from: number, end: number): Range {
  let low = 0;
  let high = 0;
  for (let i = from; i < end; i++) {
    const value = numbers[i]!;
    if (!(value >= low)) low = value;
    if (!(value <= high)) high = value;
  }
  return { low, high };
}

/** A block of zeros has any scale; one keeps the division defined. */
function storable(bits: number): number {
  return (bits & 0x7fff) === 0 ? 0x3c00 : bits;
}

function nearest(value: number): number {
  return fround(fround(value + ROUNDER) - ROUNDER);
}

function putCode(bytes: Uint8Array, start: number, i: number, code: number, bits: 4 | 8): void {
  if (bits === 8) bytes[start + i] = code;
  else bytes[start + (i >> 1)]! |= (i & 1) === 0 ? code : code << 4;
}
