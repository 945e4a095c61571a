// The program of the threads that make a model: one converts, and starts others that round.

import { parentPort, workerData } from 'node:worker_threads';
import { isAbortError } from '../../common/abort.js';
import { wordsOf } from '../../common/saidError.js';
import { convert } from '../folder/convert.js';
import { runJob } from '../folder/job.js';
import type { FromConverter, FromRounder, ThreadStart, ToConverter, ToRounder } from './messages.js';
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
} else {
  void answer(start);
}

async function answer({ conversion, file, roundingThreads }: ThreadStart & { kind: 'convert' }): Promise<void> {
  const send = (message: FromConverter): void => port.postMessage(message);
  const controller = new AbortController();
  port.on('message', (message: ToConverter) => {
    if (message.kind === 'cancel') controller.abort();
  });
  const rounders = startRounders(file, roundingThreads);
  let reported = 0;
  const tell = (done: number, total: number): void => {
    const now = performance.now();
    if (now - reported < REPORT_MS && done < total) return;
    reported = now;
    send({ kind: 'progress', done, total });
  };
  try {
    send({ kind: 'converted', converted: await convert(conversion, rounders, tell, controller.signal) });
  } catch (error) {
    send(isAbortError(error) ? { kind: 'cancelled' } : { kind: 'refused', reason: wordsOf(error) });
  } finally {
    await rounders.close();
    port.close();
  }
}
