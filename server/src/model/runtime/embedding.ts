// Token embeddings, looked up in the rows of the head's matrix: the two are one matrix and are stored once.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddingPart, Manifest } from '../manifest.js';
import { openBlockRows } from './blockRows.js';

/** Writes the embeddings of tokens, [ids.length, hidden], row-major. */
export type Embed = (ids: readonly number[]) => Float32Array;

/** Reads the quantised rows into memory (about half a byte a weight) and returns the look-up. */
export async function loadEmbedding(folder: string, manifest: Manifest): Promise<Embed> {
  const width = manifest.architecture.hidden;
  const files = new Map<string, Promise<Buffer>>();
  const read = (file: string): Promise<Buffer> => {
    const known = files.get(file) ?? readFile(join(folder, file));
    files.set(file, known);
    return known;
  };
  const parts = await Promise.all(manifest.embedding.map((part) => loadPart(part, width, read)));
  return (ids) => {
    const out = new Float32Array(ids.length * width);
    ids.forEach((id, i) => {
      const part = parts.find(({ to }) => id < to);
      if (part === undefined || id < 0) throw new RangeError(`Token ${id} is not in the vocabulary.`);
      part.writeRow(id - part.from, out.subarray(i * width, (i + 1) * width));
    });
    return out;
  };
}

interface LoadedPart {
  readonly from: number;
  readonly to: number;
  writeRow(row: number, out: Float32Array): void;
}

async function loadPart(
  part: EmbeddingPart,
  width: number,
  read: (file: string) => Promise<Buffer>,
): Promise<LoadedPart> {
  const cut = async (slice: { file: string; offset: number; bytes: number }): Promise<Uint8Array> =>
    (await read(slice.file)).subarray(slice.offset, slice.offset + slice.bytes);
  const { from, to, bits, block } = part;
  const writeRow = openBlockRows({
    ...{ columns: width, bits, block },
    codes: await cut(part.weights),
    scales: float16ToFloat32(await cut(part.scales)),
    zeroPoints: part.zeroPoints === null ? undefined : await cut(part.zeroPoints),
  });
  return { from, to, writeRow };
}

/** Half-precision numbers, little-endian, as float32. */
export function float16ToFloat32(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 2 }, (_, i) => {
    const half = view.getUint16(2 * i, true);
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}
