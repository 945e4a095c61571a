// The "k-quants" of GGUF: blocks of 256 numbers, whose parts of 16 or 32 have scales (and least values) of a few bits, scaled
// in turn by one or two half-precision numbers. Scales are rounded to single precision before they are used.

import { float16Values } from '../rounding/float16.js';

type Dequantise = (bytes: Uint8Array, count: number, out: Float32Array) => void;

const half = (bytes: Uint8Array, at: number): number => float16Values()[bytes[at]! | (bytes[at + 1]! << 8)]!;

/** 16 bytes of scale and least value, 64 of codes, and the two that scale these. */
export const dequantiseQ2K: Dequantise = (bytes, count, out) => {
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 84, to += 256) {
    const scale = half(bytes, at + 80);
    const least = half(bytes, at + 82);
    for (let part = 0; part < 16; part++) {
      const packed = bytes[at + part]!;
      const partScale = Math.fround(scale * (packed & 15));
      const partLeast = Math.fround(least * (packed >> 4));
      // Parts come in groups of eight, over 32 bytes: two for each pair of bits.
      const from = at + 16 + (part >> 3) * 32 + (part & 1) * 16;
      const shift = ((part & 7) >> 1) * 2;
      for (let i = 0; i < 16; i++)
        out[to + part * 16 + i] = Math.fround(partScale * ((bytes[from + i]! >> shift) & 3)) - partLeast;
    }
  }
};

/** 32 bytes of highest bits, 64 of codes, 12 of scales, and what scales these. */
export const dequantiseQ3K: Dequantise = (bytes, count, out) => {
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 110, to += 256) {
    const scale = half(bytes, at + 108);
    for (let part = 0; part < 16; part++) {
      const low = (bytes[at + 96 + (part & 7)]! >> (part < 8 ? 0 : 4)) & 15;
      const high = (bytes[at + 104 + (part & 3)]! >> ((part >> 2) * 2)) & 3;
      const partScale = Math.fround(scale * ((low | (high << 4)) - 32));
      const from = at + 32 + (part >> 3) * 32 + (part & 1) * 16;
      const shift = ((part & 7) >> 1) * 2;
      const bit = part >> 1;
      const bits = at + (part & 1) * 16;
      for (let i = 0; i < 16; i++) {
        const code = ((bytes[from + i]! >> shift) & 3) - ((bytes[bits + i]! >> bit) & 1 ? 0 : 4);
        out[to + part * 16 + i] = partScale * code;
      }
    }
  }
};

/** Scale and least value of a part: six bits each, in twelve bytes; the former in the lower half of the result. */
function scaleAndLeast(bytes: Uint8Array, at: number, part: number): number {
  if (part < 4) return (bytes[at + part]! & 63) | ((bytes[at + 4 + part]! & 63) << 8);
  const packed = bytes[at + 4 + part]!;
  const scale = (packed & 15) | ((bytes[at + part - 4]! >> 2) & 48);
  const least = (packed >> 4) | ((bytes[at + part]! >> 2) & 48);
  return scale | (least << 8);
}

/** Visits the parts of blocks that begin with a scale and a least value and hold eight parts of 32 numbers. */
function forEachPart(
  bytes: Uint8Array,
  count: number,
  size: number,
  visit: (at: number, to: number, part: number, scale: number, least: number) => void,
): void {
  for (let block = 0, at = 0; block < count; block++, at += size) {
    const scale = half(bytes, at);
    const least = half(bytes, at + 2);
    for (let part = 0; part < 8; part++) {
      const packed = scaleAndLeast(bytes, at + 4, part);
      visit(at, block * 256 + part * 32, part, Math.fround(scale * (packed & 63)), Math.fround(least * (packed >> 8)));
    }
  }
}

export const dequantiseQ4K: Dequantise = (bytes, count, out) =>
  forEachPart(bytes, count, 144, (at, to, part, scale, least) => {
    const from = at + 16 + (part >> 1) * 32;
    const shift = (part & 1) * 4;
    for (let i = 0; i < 32; i++) out[to + i] = Math.fround(scale * ((bytes[from + i]! >> shift) & 15)) - least;
  });

export const dequantiseQ5K: Dequantise = (bytes, count, out) =>
  forEachPart(bytes, count, 176, (at, to, part, scale, least) => {
    const from = at + 48 + (part >> 1) * 32;
    const shift = (part & 1) * 4;
    for (let i = 0; i < 32; i++) {
      const code = ((bytes[from + i]! >> shift) & 15) | (((bytes[at + 16 + i]! >> part) & 1) << 4);
      out[to + i] = Math.fround(scale * code) - least;
    }
  });

export const dequantiseQ6K: Dequantise = (bytes, count, out) => {
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 210, to += 256) {
    const scale = half(bytes, at + 208);
    // Eight runs of 32 numbers: four in each half of the block, for the two halves of 64 bytes.
    for (let run = 0; run < 8; run++) {
      const low = at + (run >> 2) * 64 + (run & 1) * 32;
      const lowShift = ((run & 3) >> 1) * 4;
      const high = at + 128 + (run >> 2) * 32;
      const highShift = (run & 3) * 2;
      for (let i = 0; i < 32; i++) {
        const partScale = Math.fround(scale * signed[at + 192 + run * 2 + (i >> 4)]!);
        const code = ((bytes[low + i]! >> lowShift) & 15) | (((bytes[high + i]! >> highShift) & 3) << 4);
        out[to + run * 32 + i] = partScale * (code - 32);
      }
    }
  }
};
