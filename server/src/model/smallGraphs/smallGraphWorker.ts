// The thread of the small graphs (smallGraphs.ts): answers one run after the other.

import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../common/messageOf.js';
import { openGraphFolder } from './graphFolder.js';
import type { FromSmallGraphWorker, ToSmallGraphWorker } from './smallGraphs.js';

const port = parentPort!;
const { folder } = workerData as { readonly folder: string };
const graphs = openGraphFolder(folder);
/** The end of the last run that was asked for: runs follow one another. */
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToSmallGraphWorker | 'close') => {
  last = last.then(() => (message === 'close' ? close() : answer(message)));
});

async function answer({ task, file, feeds }: ToSmallGraphWorker): Promise<void> {
  let message: FromSmallGraphWorker;
  try {
    message = { kind: 'ran', task, results: await graphs.run(file, feeds) };
  } catch (error) {
    message = { kind: 'failed', task, reason: messageOf(error) };
  }
  port.postMessage(message);
}

async function close(): Promise<void> {
  await graphs.release();
  port.close();
}
