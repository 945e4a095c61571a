// Makes the prefill form of a model on this machine, where it pays: one segment first, which is tried, then the others.

import { mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { words } from '../../common/words.js';
import {
  addsUpExactly,
  PREFILL_FILE,
  prefillTarget,
  prefillTimeRatio,
  readManifest,
  type Prefill,
} from '../../model/index.js';
import { ConversionError } from '../conversionError.js';
import { sha256Of } from '../folder/checksum.js';
import { OpenFiles } from '../folder/openFiles.js';
import { amount } from '../folder/space.js';
import { inUnfinishedFolder } from '../folder/unfinished.js';
import type { Place } from '../graphs/layout.js';
import { exactnessProbe, prefillGraph, PROBE, type PrefillGraph, type PrefillMatrix } from './prefillGraph.js';
import { toRowSteps } from './rowSteps.js';

/**
 * The largest code of 8 bits that has its negative; and, for processors that add pairs of products up in 16 bits (x86
 * without VNNI), the largest whose pairs fit: 2 x 255 x 63 < 2 ** 15.
 */
const LARGEST_CODES = [127, 63] as const;

/** A form that saves less time is not worth its memory. */
const MOST_TIME = 0.85;

/** Of all memory, what a form may take, and of the free disk. */
const SHARE_OF_MEMORY = 1 / 16;
const SHARE_OF_DISK = 1 / 4;

export interface PrefillJob {
  readonly modelFolder: string;
  /** The folder of all models' forms. */
  readonly forms: string;
}

export interface MadePrefill {
  readonly folder: string;
  /** Zero where the form that ships is used for prompts too. */
  readonly bytes: number;
  readonly timeRatio: number | null;
}

/** What is tried of a form; another one in tests. */
export interface Trial {
  readonly isExact: (probe: string) => Promise<boolean>;
  readonly timeRatio: (
    modelFolder: string,
    prefill: { folder: string; segments: Prefill['segments'] },
  ) => Promise<number>;
}

const onThisMachine: Trial = {
  isExact: (probe) => addsUpExactly(probe, PROBE.columns, PROBE.sum),
  timeRatio: prefillTimeRatio,
};

/**
 * @param tell told how many numbers are done, of all
 * @throws ConversionError with one sentence; AbortError
 */
export async function makePrefill(
  { modelFolder, forms }: PrefillJob,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
  trial = onThisMachine,
): Promise<MadePrefill> {
  const manifest = await readManifest(modelFolder);
  const { target, name } = await prefillTarget(modelFolder);
  const graphs = new Map<string, PrefillGraph>();
  for (const { file } of manifest.segments)
    graphs.set(file, prefillGraph(await readFile(join(modelFolder, file)), basename(file, '.onnx')));
  const total = sum([...graphs.values()].flatMap(({ matrices }) => matrices.map(numbersOf)));
  return inUnfinishedFolder(forms, name, async (partial) => {
    // What a run that was stopped has left is made again: all of it takes seconds.
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await checkRoom(forms, total, manifest.name);
    let done = 0;
    const files: Prefill['files'] = {};
    const make = async (segment: Prefill['segments'][number], largestCode: number) => {
      const { matrices, model, data } = graphs.get(segment.file)!;
      const written = new OpenFiles(partial, data);
      try {
        for (const matrix of matrices) {
          signal.throwIfAborted();
          await writeMatrix(matrix, modelFolder, written, largestCode);
          tell((done += numbersOf(matrix)), total);
        }
        for (const file of data.keys()) await written.finish(file);
      } finally {
        await written.close();
      }
      await writeFile(join(partial, segment.file), model);
      for (const [file, bytes] of [[segment.file, model.length] as const, ...data])
        files[file] = { bytes, sha256: await sha256Of(join(partial, file)) };
    };
    const finish = async (prefill: Omit<Prefill, 'format' | 'model'>): Promise<MadePrefill> => {
      await writeFile(join(partial, PREFILL_FILE), `${JSON.stringify({ ...target, ...prefill }, null, 2)}\n`);
      const folder = join(forms, name);
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
      return {
        folder,
        bytes: sum(Object.values(prefill.files).map(({ bytes }) => bytes)),
        timeRatio: prefill.timeRatio,
      };
    };

    const largestCode = await largestExact(partial, trial);
    if (largestCode === undefined) return finish({ timeRatio: null, segments: [], files: {} });
    const last = manifest.segments.at(-1)!;
    await make(last, largestCode);
    const timeRatio = await trial.timeRatio(modelFolder, { folder: partial, segments: [last] });
    if (!(timeRatio <= MOST_TIME)) {
      for (const file of Object.keys(files)) await rm(join(partial, file));
      return finish({ timeRatio, segments: [], files: {} });
    }
    for (const segment of manifest.segments.slice(0, -1)) await make(segment, largestCode);
    return finish({ timeRatio, segments: manifest.segments, files });
  });
}

async function checkRoom(folder: string, bytes: number, name: string): Promise<void> {
  if (bytes > totalmem() * SHARE_OF_MEMORY) {
    throw new ConversionError(
      words(
        'A form of {0} for prompts would take {1} of memory, too much of {2}.',
        name,
        amount(bytes),
        amount(totalmem()),
      ),
    );
  }
  const { blocks, bavail, bsize } = await statfs(folder);
  if (blocks > 0 && bytes > bavail * bsize * SHARE_OF_DISK) {
    throw new ConversionError(
      words(
        'A form of {0} for prompts would take {1} on the disk, and {2} has {3} left.',
        name,
        amount(bytes),
        folder,
        amount(bavail * bsize),
      ),
    );
  }
}

/** The largest code whose products this processor adds up exactly; undefined where there is none. */
async function largestExact(folder: string, trial: Trial): Promise<number | undefined> {
  const probe = join(folder, 'probe.onnx');
  try {
    for (const code of LARGEST_CODES) {
      await writeFile(probe, exactnessProbe(code));
      if (await trial.isExact(probe)) return code;
    }
    return undefined;
  } finally {
    await rm(probe, { force: true });
  }
}

async function writeMatrix(matrix: PrefillMatrix, from: string, to: OpenFiles, largestCode: number): Promise<void> {
  const scales = await read(from, matrix.scales);
  const { codes, steps } = toRowSteps(
    {
      ...matrix,
      codes: await read(from, matrix.codes),
      scales: new Uint16Array(scales.buffer, scales.byteOffset, scales.byteLength / 2),
      zeroPoints: matrix.zeroPoints && (await read(from, matrix.zeroPoints)),
    },
    largestCode,
  );
  for (const [{ file, offset }, values] of [
    [matrix.target.codes, codes],
    [matrix.target.steps, steps],
  ] as const)
    await to.write(file, new Uint8Array(values.buffer), offset);
}

async function read(folder: string, { file, offset, bytes }: Place): Promise<Uint8Array> {
  const handle = await open(join(folder, file));
  try {
    // Not from the pool that small buffers share: what is in it must begin at a whole number.
    const buffer = new Uint8Array(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, offset);
    if (bytesRead < bytes) throw new ConversionError(words('The model file {0} cannot be read.', join(folder, file)));
    return buffer;
  } finally {
    await handle.close();
  }
}

function numbersOf({ rows, columns }: PrefillMatrix): number {
  return rows * columns;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
