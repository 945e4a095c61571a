// The lines that a calibration has had written so far, in a file: one that was stopped or killed goes on where it ended. The
// file holds what the model wrote, so it is removed once the calibration is whole.

import { mkdir, readFile, rm, type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../common/replaceFile.js';
import { writtenRecord } from '../measure/partialRecords.js';

/** A line, with the log-odds of each of its tokens that it is right, by the general controller. */
const calibrationRecord = writtenRecord.extend({ logits: z.array(z.number()) });
/** As it is read; it is written as `recordOf` writes it. */
export type CalibrationRecord = z.infer<typeof calibrationRecord>;

export interface CalibrationRecords {
  /** By the ids of their items. */
  readonly known: ReadonlyMap<string, CalibrationRecord>;
  append(record: object): Promise<void>;
  close(): Promise<void>;
  /** Closes them, and removes the file. */
  remove(): Promise<void>;
}

/**
 * @param file undefined keeps nothing
 * @param made what the lines are written with; a file of others begins anew
 */
export async function openCalibrationRecords(file: string | undefined, made: object): Promise<CalibrationRecords> {
  const nothing = { known: new Map<string, CalibrationRecord>() };
  const none = (): Promise<void> => Promise.resolve();
  if (file === undefined) return { ...nothing, append: none, close: none, remove: none };
  const header = JSON.stringify(made);
  const [first, ...lines] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  // What stands behind the last line end was not written to its own.
  const whole = first === header ? lines.slice(0, -1).flatMap(recordIn) : [];
  let handle: FileHandle;
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, [header, ...whole.map(({ line }) => line), ''].join('\n'));
    handle = await open(file, 'a');
  } catch {
    // Where nothing can be written, what was measured so far is lost with a stop, and no more.
    return { ...nothing, append: none, close: none, remove: none };
  }
  return {
    known: new Map(whole.map(({ record }) => [record.id, record])),
    async append(record) {
      await handle.write(`${JSON.stringify(record)}\n`).catch(() => undefined);
    },
    close: () => handle.close(),
    async remove() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

function recordIn(line: string): { readonly line: string; readonly record: CalibrationRecord }[] {
  try {
    return [{ line, record: calibrationRecord.parse(JSON.parse(line)) }];
  } catch {
    return [];
  }
}
