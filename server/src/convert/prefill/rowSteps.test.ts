import { expect, it } from 'vitest';
import { float16Values, toFloat16 } from '../rounding/float16.js';
import { toRowSteps, type HalfMatrix } from './rowSteps.js';

/** Seventy rows, so that they are written in more than one go; the last block of a row is cut. */
const matrixOf = (bits: 4 | 8, hasZeroPoints: boolean): HalfMatrix => {
  const [rows, columns, block] = [70, 40, 16];
  const blocks = 3;
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const byte = (i: number): number => (i * 97 + 31) % 256;
  return {
    ...{ rows, columns, bits, block },
    codes: Uint8Array.from({ length: (rows * blocks * block * bits) / 8 }, (_, i) => byte(i)),
    scales: Uint16Array.from({ length: rows * blocks }, (_, i) => toFloat16(0.01 * (1 + (i % 7)))),
    zeroPoints: hasZeroPoints ? Uint8Array.from({ length: rows * zeroBytes }, (_, i) => byte(i + 5)) : undefined,
  };
};

/** The numbers of a row, one after the other. */
const numbersOf = ({ columns, bits, block, codes, scales, zeroPoints }: HalfMatrix, row: number): number[] => {
  const blocks = Math.ceil(columns / block);
  const codeOf = (bytes: Uint8Array, width: number, i: number): number =>
    bits === 8 ? bytes[row * width + i]! : (bytes[row * Math.ceil(width / 2) + (i >> 1)]! >> (4 * (i & 1))) & 15;
  return Array.from({ length: columns }, (_, i) => {
    const at = Math.floor(i / block);
    const zero = zeroPoints === undefined ? 2 ** (bits - 1) : codeOf(zeroPoints, blocks, at);
    return float16Values()[scales[row * blocks + at]!]! * (codeOf(codes, blocks * block, i) - zero);
  });
};

it.each([
  [4, false],
  [4, true],
  [8, false],
  [8, true],
] as const)('a matrix of %i bits becomes one of 8 with a step a row; with zero points: %s', (bits, hasZeroPoints) => {
  const matrix = matrixOf(bits, hasZeroPoints);
  const largestCode = hasZeroPoints ? 127 : 63;
  const { codes, steps } = toRowSteps(matrix, largestCode);
  expect(codes.every((code) => Math.abs(code) <= largestCode)).toBe(true);
  for (let row = 0; row < matrix.rows; row++) {
    const wanted = numbersOf(matrix, row);
    expect(largestCode * steps[row]!).toBeCloseTo(Math.max(...wanted.map(Math.abs)), 5);
    for (const [column, value] of wanted.entries()) {
      const found = codes[column * matrix.rows + row]! * steps[row]!;
      expect(Math.abs(found - value)).toBeLessThanOrEqual(0.5001 * steps[row]!);
    }
  }
});

it('a row of zeros stays one', () => {
  const matrix = { ...matrixOf(4, false), codes: new Uint8Array(70 * 24).fill(0x88) };
  const { codes, steps } = toRowSteps(matrix, 127);
  expect(codes.every((code) => code === 0)).toBe(true);
  expect(steps.every((step) => step > 0)).toBe(true);
});
