// The lines that a calibration has had written so far, in a file: one that was stopped or killed goes on where it ended. The
// file holds what the model wrote, so it is removed once the calibration is whole.

import { mkdir, readFile, rm, type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { diskErrorWords } from '../common/diskError.js';
import { messageOf } from '../common/messageOf.js';
import { replaceFile } from '../common/replaceFile.js';
import { asIs, type Words } from '../common/words.js';
import { writtenRecord } from '../measure/partialRecords.js';

/** A line, with the log-odds of each of its tokens that it is right, by the general controller. */
const calibrationRecord = writtenRecord.extend({ logits: z.array(z.number()) });
/** As it is read; it is written as `recordOf` writes it. */
export type CalibrationRecord = z.infer<typeof calibrationRecord>;

export interface CalibrationRecords {
  /** By the ids of their items. */
  readonly known: ReadonlyMap<string, CalibrationRecord>;
  append(record: object): Promise<void>;
  /** Why nothing can be kept where it should be; undefined where it can, or nothing should. */
  readonly problem: Words | undefined;
  /** Does nothing where they are closed. */
  close(): Promise<void>;
  /** Closes them, and removes the file. */
  remove(): Promise<void>;
}

/**
 * @param file undefined keeps nothing
 * @param made what the lines are written with; a file of others begins anew
 */
export async function openCalibrationRecords(file: string | undefined, made: object): Promise<CalibrationRecords> {
  const none = (): Promise<void> => Promise.resolve();
  const nothing = { known: new Map<string, CalibrationRecord>(), append: none, close: none, remove: none };
  if (file === undefined) return { ...nothing, problem: undefined };
  const header = JSON.stringify(made);
  const [first, ...lines] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  // What stands behind the last line end was not written to its own.
  const whole = first === header ? lines.slice(0, -1).flatMap(recordIn) : [];
  const known = new Map(whole.map(({ record }) => [record.id, record]));
  let handle: FileHandle;
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, [header, ...whole.map(({ line }) => line), ''].join('\n'));
    handle = await open(file, 'a');
  } catch (error) {
    return { ...nothing, known, problem: diskErrorWords(error, dirname(file)) ?? asIs(messageOf(error)) };
  }
  // A line of which a full disk took a part ends here, so that the next one is not lost with it.
  let isTorn = false;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= handle.close());
  return {
    known,
    problem: undefined,
    async append(record) {
      try {
        await handle.appendFile(`${isTorn ? '\n' : ''}${JSON.stringify(record)}\n`);
        isTorn = false;
      } catch {
        // What was measured so far is lost with a stop, and no more.
        isTorn = true;
      }
    },
    close,
    async remove() {
      await close();
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
