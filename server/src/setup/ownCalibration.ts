// Where the user's own calibration of holes is kept: in the workspace's storage, which other windows read and write too.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../common/messageOf.js';
import type { Calibration } from '../partial/index.js';
import { replaceFile } from '../common/replaceFile.js';
import { words, type Words } from '../common/words.js';

export const ownCalibrationFile = (storage: string): string => join(storage, 'holes-calibration.json');

/** Lines that were written for it, until it is whole. */
export const ownRecordsFile = (storage: string | undefined): string | undefined =>
  storage === undefined ? undefined : join(storage, 'holes-calibration-lines.jsonl');

/**
 * Writes what was measured, whole or not at all.
 * @returns a sentence where it could not be written; what took minutes is not thrown away for a full disk
 */
export async function keepCalibration(storage: string, measured: Calibration): Promise<Words | undefined> {
  try {
    await mkdir(storage, { recursive: true });
    await replaceFile(ownCalibrationFile(storage), `${JSON.stringify(measured)}\n`);
    return undefined;
  } catch (error) {
    return words('This could not be written and holds until the window is closed: {0}.', messageOf(error));
  }
}
