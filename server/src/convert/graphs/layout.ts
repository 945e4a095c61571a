// Where the data of tensors lies: in files beside the graphs, each below a limit, each tensor on a page of its own so that
// the runtime can map it into memory. The same places as models/build/convert/shards.py gives.

import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';

const FILE_LIMIT = 48_000_000;
const PAGE = 4096;

export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

export interface Layout {
  place(bytes: number): Place;
  /** Name to size. */
  readonly files: ReadonlyMap<string, number>;
}

/** @param isNumbered whether there may be several files, `name-0.bin` and so on; otherwise there is only `name.bin` */
export function createLayout(name: string, isNumbered: boolean): Layout {
  const files = new Map<string, number>();
  let current: string | undefined;
  return {
    files,
    place(bytes) {
      const size = current === undefined ? 0 : files.get(current)!;
      let offset = Math.ceil(size / PAGE) * PAGE;
      if (current === undefined || offset + bytes > FILE_LIMIT) {
        if (current !== undefined && !isNumbered)
          throw new ConversionError(words('A part of the head does not fit one file of {0} bytes.', FILE_LIMIT));
        current = isNumbered ? `${name}-${files.size}.bin` : `${name}.bin`;
        offset = 0;
      }
      files.set(current, offset + bytes);
      return { file: current, offset, bytes };
    },
  };
}

/** How many rows of such a size, in weights, scales and zero points, fit one file. */
export function rowsOfFile(rowBytes: number): number {
  return Math.floor((FILE_LIMIT - 4 * PAGE) / rowBytes);
}
