// Whether a model has room: on the disk while it is made, and in memory when it runs.

import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';

/** What a model takes beside its weights: caches, buffers and the runtime. */
const BESIDE_WEIGHTS = 0.6e9;

/** The runtime lays out weights anew beside the file, and keeps both for a while. */
const WEIGHTS_IN_MEMORY = 1.2;

/** Of all memory, what a model may take: the editor and the rest of the machine need some too. */
const SHARE_OF_MEMORY = 0.75;

/** What a conversion takes itself, however large the model is. */
const OF_CONVERSION = 0.7e9;

/** Bytes of memory that a model of so many bytes of weights takes when it runs. */
export function memoryToRun(bytes: number): number {
  return bytes * WEIGHTS_IN_MEMORY + BESIDE_WEIGHTS;
}

export function fitsMemory(bytes: number): boolean {
  return memoryToRun(bytes) <= totalmem() * SHARE_OF_MEMORY;
}

/**
 * @param bytes of the model
 * @param written how many of them are there already
 * @throws ConversionError with one sentence
 */
export async function checkSpace(folder: string, bytes: number, written: number, name: string): Promise<void> {
  if (!fitsMemory(bytes)) {
    throw new ConversionError(
      words(
        '{0} cannot be used: it takes about {1} of memory when it runs, and this machine has {2}.',
        name,
        amount(memoryToRun(bytes)),
        amount(totalmem()),
      ),
    );
  }
  if (process.availableMemory() < OF_CONVERSION) {
    throw new ConversionError(
      words(
        'Making a model takes {0} of memory, and {1} are free; close other programs.',
        amount(OF_CONVERSION),
        amount(process.availableMemory()),
      ),
    );
  }
  const { blocks, bavail, bsize } = await statfs(folder);
  const needed = bytes - written + 64e6;
  // A disk of no blocks does not tell its size, as some of networks and of memory do.
  if (blocks > 0 && bavail * bsize < needed) {
    throw new ConversionError(
      words('The model takes {0} on the disk, and {1} has {2} left.', amount(needed), folder, amount(bavail * bsize)),
    );
  }
}

/** Of bytes, as a person reads it. */
export function amount(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
