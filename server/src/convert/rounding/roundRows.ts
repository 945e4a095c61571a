// Rounds rows of numbers to 4 or 8 bits in blocks, as models/build/quantise/blocks.py does and to the same bits: a block gets
// the scale, out of nine, that leaves the least squared error. Every step rounds to single precision, as there.

import { float16Values, toFloat16 } from './float16.js';

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

/**
 * @param values rows of numbers, [rows, columns]
 * @returns undefined where a number or its scale is not finite
 */
export function roundRows(values: Float32Array, columns: number, rounding: Rounding): RoundedRows | undefined {
  const { bits, block, symmetric } = rounding;
  const rows = values.length / columns;
  const sizes = rowSizes(columns, rounding);
  const half = float16Values();
  const codes = new Uint8Array(rows * sizes.codes);
  const scales = new Uint16Array(rows * sizes.blocks);
  const zeroPoints = new Uint8Array(rows * sizes.zeroPoints);
  const top = fround(2 ** bits - 1);
  const middle = 2 ** (bits - 1);
  const padded = new Float32Array(block);
  for (let row = 0; row < rows; row++) {
    for (let b = 0; b < sizes.blocks; b++) {
      const from = row * columns + b * block;
      const end = Math.min(from + block, (row + 1) * columns);
      const numbers = end - from === block ? values.subarray(from, end) : padded;
      if (numbers === padded) {
        padded.fill(0);
        padded.set(values.subarray(from, end));
      }
      const range = symmetric ? peakOf(numbers) : rangeOf(numbers);
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
        const error = errorOf(numbers, scale, zero, top);
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
      const to = row * sizes.codes + (b * block * bits) / 8;
      for (let i = 0; i < block; i++) {
        const scaled = fround(fround(numbers[i]! / scale) + bestZero);
        putCode(codes, to, i, scaled < 0 ? 0 : scaled > top ? top : nearest(scaled), bits);
      }
    }
  }
  return { codes, scales, zeroPoints };
}

/** The number furthest from zero, the first of several; both bounds say it. */
function peakOf(numbers: Float32Array): { readonly low: number; readonly high: number } {
  let peak = numbers[0]!;
  let furthest = Math.abs(peak);
  for (let i = 1; i < numbers.length; i++) {
    const distance = Math.abs(numbers[i]!);
    // What is no number is further than all.
    if (!(distance <= furthest)) {
      peak = numbers[i]!;
      furthest = distance;
    }
  }
  return { low: peak, high: peak };
}

function rangeOf(numbers: Float32Array): { readonly low: number; readonly high: number } {
  let low = 0;
  let high = 0;
  for (let i = 0; i < numbers.length; i++) {
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

/** Squared error of a block, summed in eight runs as numpy sums, so that ties fall the same way. */
function errorOf(numbers: Float32Array, scale: number, zero: number, top: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let i = 0; i < numbers.length; i += 8) {
    a = fround(a + squared(numbers[i]!, scale, zero, top));
    b = fround(b + squared(numbers[i + 1]!, scale, zero, top));
    c = fround(c + squared(numbers[i + 2]!, scale, zero, top));
    d = fround(d + squared(numbers[i + 3]!, scale, zero, top));
    e = fround(e + squared(numbers[i + 4]!, scale, zero, top));
    f = fround(f + squared(numbers[i + 5]!, scale, zero, top));
    g = fround(g + squared(numbers[i + 6]!, scale, zero, top));
    h = fround(h + squared(numbers[i + 7]!, scale, zero, top));
  }
  return fround(fround(fround(a + b) + fround(c + d)) + fround(fround(e + f) + fround(g + h)));
}

function squared(value: number, scale: number, zero: number, top: number): number {
  const scaled = fround(fround(value / scale) + zero);
  const clipped = scaled < 0 ? 0 : scaled > top ? top : scaled;
  const code = fround(fround(clipped + ROUNDER) - ROUNDER);
  const error = fround(fround(fround(code - zero) * scale) - value);
  return fround(error * error);
}

function putCode(bytes: Uint8Array, start: number, i: number, code: number, bits: 4 | 8): void {
  if (bits === 8) bytes[start + i] = code;
  else bytes[start + (i >> 1)]! |= (i & 1) === 0 ? code : code << 4;
}
