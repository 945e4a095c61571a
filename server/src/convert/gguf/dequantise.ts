// Blocks of a GGUF file as numbers, each computed as gguf-py, the format's own package, computes it: in single precision,
// rounded after every step. Assigning to a Float32Array is such a rounding.

import { float16Values } from '../rounding/float16.js';
import { dequantiseQ2K, dequantiseQ3K, dequantiseQ4K, dequantiseQ5K, dequantiseQ6K } from './kQuants.js';

/** Writes the numbers of `count` blocks. */
export type Dequantise = (bytes: Uint8Array, count: number, out: Float32Array) => void;

/** By the name of a type; what is missing cannot be read. */
export const dequantisers: Readonly<Partial<Record<string, Dequantise>>> = {
  F32(bytes, count, out) {
    new Uint8Array(out.buffer, out.byteOffset, 4 * count).set(bytes.subarray(0, 4 * count));
  },
  F16(bytes, count, out) {
    const values = float16Values();
    for (let i = 0; i < count; i++) out[i] = values[bytes[2 * i]! | (bytes[2 * i + 1]! << 8)]!;
  },
  BF16(bytes, count, out) {
    const bits = new Uint32Array(out.buffer, out.byteOffset, count);
    for (let i = 0; i < count; i++) bits[i] = ((bytes[2 * i]! << 16) | (bytes[2 * i + 1]! << 24)) >>> 0;
  },
  Q8_0(bytes, count, out) {
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const half = float16Values();
    for (let block = 0, at = 0, to = 0; block < count; block++, at += 34, to += 32) {
      const scale = half[bytes[at]! | (bytes[at + 1]! << 8)]!;
      for (let i = 0; i < 32; i++) out[to + i] = signed[at + 2 + i]! * scale;
    }
  },
  Q4_0(bytes, count, out) {
    const half = float16Values();
    for (let block = 0, at = 0, to = 0; block < count; block++, at += 18, to += 32) {
      const scale = half[bytes[at]! | (bytes[at + 1]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const byte = bytes[at + 2 + i]!;
        out[to + i] = scale * ((byte & 15) - 8);
        out[to + 16 + i] = scale * ((byte >> 4) - 8);
      }
    }
  },
  Q4_1(bytes, count, out) {
    const half = float16Values();
    for (let block = 0, at = 0, to = 0; block < count; block++, at += 20, to += 32) {
      const scale = half[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const least = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const byte = bytes[at + 4 + i]!;
        out[to + i] = Math.fround(scale * (byte & 15)) + least;
        out[to + 16 + i] = Math.fround(scale * (byte >> 4)) + least;
      }
    }
  },
  Q5_0(bytes, count, out) {
    const half = float16Values();
    for (let block = 0, at = 0, to = 0; block < count; block++, at += 22, to += 32) {
      const scale = half[bytes[at]! | (bytes[at + 1]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const byte = bytes[at + 6 + i]!;
        out[to + i] = scale * (((byte & 15) | (fifthBit(bytes, at + 2, i) << 4)) - 16);
        out[to + 16 + i] = scale * (((byte >> 4) | (fifthBit(bytes, at + 2, i + 16) << 4)) - 16);
      }
    }
  },
  Q5_1(bytes, count, out) {
    const half = float16Values();
    for (let block = 0, at = 0, to = 0; block < count; block++, at += 24, to += 32) {
      const scale = half[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const least = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const byte = bytes[at + 8 + i]!;
        out[to + i] = Math.fround(scale * ((byte & 15) | (fifthBit(bytes, at + 4, i) << 4))) + least;
        out[to + 16 + i] = Math.fround(scale * ((byte >> 4) | (fifthBit(bytes, at + 4, i + 16) << 4))) + least;
      }
    }
  },
  Q2_K: dequantiseQ2K,
  Q3_K: dequantiseQ3K,
  Q4_K: dequantiseQ4K,
  Q5_K: dequantiseQ5K,
  Q6_K: dequantiseQ6K,
};

/** The bit of a number of the block among the four bytes that hold the highest bits. */
function fifthBit(bytes: Uint8Array, at: number, i: number): number {
  return (bytes[at + (i >> 3)]! >> (i & 7)) & 1;
}
