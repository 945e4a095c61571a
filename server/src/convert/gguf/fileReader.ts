// Reads a file from its beginning, a piece at a time, so that a header of any length takes little memory. Whatever lies
// beyond the end of the file is asked for in vain, whatever the file says.

import type { FileHandle } from 'node:fs/promises';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';

const PIECE = 1 << 20;

export interface FileReader {
  /** Bytes that were read or skipped. */
  readonly position: number;
  readonly size: number;
  uint8(): Promise<number>;
  uint32(): Promise<number>;
  /** @throws ConversionError where it is larger than any count can be */
  uint64(): Promise<number>;
  /** The next bytes, to be used before the next are asked for. */
  bytes(count: number): Promise<Uint8Array>;
  /** @throws ConversionError where the file ends before */
  skip(count: number): void;
}

/** @param name what the file is called in sentences */
export function readFrom(handle: FileHandle, size: number, name: string): FileReader {
  let piece = Buffer.alloc(0);
  let at = 0;
  /** Where the piece ends in the file. */
  let end = 0;
  const cut = (): ConversionError =>
    new ConversionError(words('{0} is cut off: it ends before its header does.', name));

  const bytes = async (count: number): Promise<Buffer> => {
    if (at + count > piece.length) {
      const position = end - piece.length + at;
      if (position + count > size) throw cut();
      const wanted = Math.min(Math.max(count, PIECE), size - position);
      const next = Buffer.allocUnsafe(wanted);
      const { bytesRead } = await handle.read(next, 0, wanted, position).catch((error: NodeJS.ErrnoException) => {
        throw new ConversionError(words('{0} cannot be read ({1}).', name, error.code ?? error.message));
      });
      if (bytesRead < count) throw cut();
      piece = next.subarray(0, bytesRead);
      end = position + bytesRead;
      at = 0;
    }
    at += count;
    return piece.subarray(at - count, at);
  };
  return {
    get position() {
      return end - piece.length + at;
    },
    size,
    bytes,
    uint8: async () => (await bytes(1))[0]!,
    uint32: async () => (await bytes(4)).readUInt32LE(),
    async uint64() {
      const value = Number((await bytes(8)).readBigUInt64LE());
      if (value > Number.MAX_SAFE_INTEGER)
        throw new ConversionError(words('{0} is damaged: its header counts what no file can hold.', name));
      return value;
    },
    skip(count) {
      if (at + count <= piece.length) {
        at += count;
        return;
      }
      const position = end - piece.length + at + count;
      if (position > size) throw cut();
      piece = Buffer.alloc(0);
      at = 0;
      end = position;
    },
  };
}
