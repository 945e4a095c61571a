// Threads that round rows: as many as there are cores to have.

import { Worker } from 'node:worker_threads';
import type { RoundingJob } from '../folder/job.js';
import type { RoundedRows } from '../rounding/roundRows.js';
import type { Rounder } from '../folder/writeWeights.js';
import type { FromRounder, ThreadStart } from './messages.js';

/** @param file the bundled program of these threads */
export function startRounders(file: string, count: number): Rounder & { close(): Promise<void> } {
  const workerData: ThreadStart = { kind: 'round' };
  const threads = Array.from({ length: count }, () => new Worker(file, { workerData, name: 'lacuna-round' }));
  const free = [...threads];
  const waiting: ((thread: Worker) => void)[] = [];
  const take = (): Promise<Worker> => {
    const thread = free.pop();
    return thread === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(thread);
  };
  const give = (thread: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(thread);
    else next(thread);
  };
  return {
    parallel: count,
    async round(job: RoundingJob): Promise<RoundedRows | undefined> {
      const thread = await take();
      try {
        return await new Promise<FromRounder>((resolve, reject) => {
          const forget = (): void => {
            thread.off('message', answered).off('error', failed);
          };
          const answered = (message: FromRounder): void => {
            forget();
            resolve(message);
          };
          const failed = (error: Error): void => {
            forget();
            reject(error);
          };
          thread.on('message', answered).on('error', failed);
          thread.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
        });
      } finally {
        give(thread);
      }
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
