// The program of the threads that make a model: one converts, and starts others that round. It makes prefill forms too.

import { parentPort, workerData } from 'node:worker_threads';
import { isAbortError } from '../../common/abort.js';
import { wordsOf } from '../../common/saidError.js';
import { convert } from '../folder/convert.js';
import { runJob } from '../folder/job.js';
import { makePrefill } from '../prefill/makePrefill.js';
import type { FromMaker, FromRounder, ThreadStart, ToMaker, ToRounder } from './messages.js';
import { startRounders } from './rounders.js';

const port = parentPort!;
const start = workerData as ThreadStart;

/** Milliseconds between two reports of progress. */
const REPORT_MS = 100;

if (start.kind === 'round') {
  port.on('message', (job: ToRounder) => {
    const rounded: FromRounder = runJob(job);
    port.postMessage(rounded, rounded === undefined ? [] : [rounded.codes.buffer as ArrayBuffer]);
  });
} else if (start.kind === 'prefill') {
  const { job } = start;
  void answer((tell, signal) => makePrefill(job, tell, signal));
} else {
  const { conversion, file, roundingThreads } = start;
  void answer(async (tell, signal) => {
    const rounders = startRounders(file, roundingThreads);
    try {
      return await convert(conversion, rounders, tell, signal);
    } finally {
      await rounders.close();
    }
  });
}

async function answer<Made>(
  make: (tell: (done: number, total: number) => void, signal: AbortSignal) => Promise<Made>,
): Promise<void> {
  const send = (message: FromMaker<Made>): void => port.postMessage(message);
  const controller = new AbortController();
  port.on('message', (message: ToMaker) => {
    if (message.kind === 'cancel') controller.abort();
  });
  let reported = 0;
  const tell = (done: number, total: number): void => {
    const now = performance.now();
    if (now - reported < REPORT_MS && done < total) return;
    reported = now;
    send({ kind: 'progress', done, total });
  };
  try {
    send({ kind: 'made', made: await make(tell, controller.signal) });
  } catch (error) {
    send(isAbortError(error) ? { kind: 'cancelled' } : { kind: 'refused', reason: wordsOf(error) });
  } finally {
    port.close();
  }
}
