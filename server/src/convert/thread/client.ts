// Makes a model in threads of its own, so that whoever wants it can answer others meanwhile.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { abortError } from '../../common/abort.js';
import { SaidError } from '../../common/saidError.js';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import type { Conversion, Converted } from '../folder/convert.js';
import type { MadePrefill, PrefillJob } from '../prefill/makePrefill.js';
import type { FromMaker, ThreadStart, ToMaker } from './messages.js';

/** More threads than this would wait for the disk. */
const MOST_THREADS = 8;

/**
 * @param workerFile the bundled worker (dist/convert.cjs)
 * @throws ConversionError with one sentence; AbortError, and the same conversion goes on later where it was stopped
 */
export async function convertInThreads(
  conversion: Conversion,
  workerFile: string,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Converted> {
  signal.throwIfAborted();
  const workerData: ThreadStart = {
    kind: 'convert',
    conversion,
    file: workerFile,
    roundingThreads: Math.min(MOST_THREADS, availableParallelism()),
  };
  return inThread(workerData, workerFile, tell, signal);
}

/**
 * @param workerFile the bundled worker (dist/convert.cjs)
 * @throws ConversionError with one sentence; AbortError, and nothing is left
 */
export async function makePrefillInThread(
  job: PrefillJob,
  workerFile: string,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<MadePrefill> {
  signal.throwIfAborted();
  return inThread({ kind: 'prefill', job }, workerFile, tell, signal);
}

async function inThread<Made>(
  workerData: ThreadStart,
  workerFile: string,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Made> {
  const worker = new Worker(workerFile, { workerData, name: 'lacuna-convert' });
  const onAbort = (): void => worker.postMessage({ kind: 'cancel' } satisfies ToMaker);
  signal.addEventListener('abort', onAbort);
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (message: FromMaker<Made>) => {
        if (message.kind === 'progress') tell(message.done, message.total);
        else if (message.kind === 'made') resolve(message.made);
        else reject(message.kind === 'cancelled' ? abortError() : new ConversionError(message.reason));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new SaidError(words('Making the model stopped unexpectedly.'))));
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
