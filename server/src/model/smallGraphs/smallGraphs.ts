// Small graphs for other rooms, such as the ranking of merges: a folder of graphs with a manifest, run in a thread of its
// own, because the runtime blocks the thread it is called on. The thread starts with the first run, lets the program end
// while it has nothing to do, and is started anew after it died.

import { Worker } from 'node:worker_threads';
import { runtimeProblem, type NumberTensor } from '../runtime/session.js';
import { abandonThread, endThread, watchThread } from '../runtime/stuckThread.js';

export interface SmallGraphs {
  /**
   * Runs the graph of a file of the folder.
   * @throws Error with one sentence when the folder cannot be used or the thread died
   */
  readonly run: (
    file: string,
    feeds: Readonly<Record<string, NumberTensor>>,
  ) => Promise<Readonly<Record<string, NumberTensor>>>;
  dispose(): Promise<void>;
}

export interface SmallGraphsOptions {
  readonly folder: string;
  /** The bundled smallGraphWorker. */
  readonly workerFile: string;
  /** Milliseconds after which a thread that does not answer is given up; 20,000 where nothing is said. */
  readonly hangMs?: number;
}

export interface ToSmallGraphWorker {
  readonly task: number;
  readonly file: string;
  readonly feeds: Readonly<Record<string, NumberTensor>>;
}

export type FromSmallGraphWorker =
  | { readonly kind: 'ran'; readonly task: number; readonly results: Readonly<Record<string, NumberTensor>> }
  | { readonly kind: 'failed'; readonly task: number; readonly reason: string };

/** A run takes milliseconds, the first one a second or two; so long after the last answer the thread hangs. */
const HANG_MS = 20_000;
/** So long the thread may take to end when it is told to. */
const ENDING_MS = 5_000;

interface Waiting {
  readonly resolve: (results: Readonly<Record<string, NumberTensor>>) => void;
  readonly reject: (error: Error) => void;
}

export function startSmallGraphs({ folder, workerFile, hangMs = HANG_MS }: SmallGraphsOptions): SmallGraphs {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let nextTask = 1;
  let disposed = false;
  let endWatch = (): void => undefined;

  const failAll = (reason: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  const start = (): Worker => {
    // As in client.ts: the native library must not be unloaded with a thread that dies.
    runtimeProblem();
    const started = new Worker(workerFile, { workerData: { folder } });
    started.on('message', (message: FromSmallGraphWorker) => {
      if (worker === started) watch();
      const task = waiting.get(message.task);
      waiting.delete(message.task);
      if (waiting.size === 0) {
        started.unref();
        endWatch();
      }
      if (message.kind === 'ran') task?.resolve(message.results);
      else task?.reject(new Error(message.reason));
    });
    const gone = (cause: string): void => {
      if (worker !== started) return;
      worker = undefined;
      endWatch();
      failAll(`The thread of the small models stopped${cause}.`);
    };
    started.on('error', (error) => gone(`: ${error.message}`));
    started.on('exit', () => gone(''));
    return started;
  };
  const watch = (): void => {
    endWatch();
    endWatch = watchThread(hangMs, () => {
      const stuck = worker;
      worker = undefined;
      failAll('The thread of the small models did not answer.');
      if (stuck !== undefined) abandonThread(stuck);
    });
  };

  return {
    run: (file, feeds) =>
      new Promise((resolve, reject) => {
        if (disposed) return reject(new Error('The small models were closed.'));
        worker ??= start();
        if (waiting.size === 0) watch();
        const task = nextTask++;
        waiting.set(task, { resolve, reject });
        worker.ref();
        worker.postMessage({ task, file, feeds } satisfies ToSmallGraphWorker);
      }),
    async dispose() {
      disposed = true;
      const ending = worker;
      worker = undefined;
      endWatch();
      failAll('The small models were closed.');
      // A thread inside a run of the native runtime must not be torn down; it ends itself when it is told to.
      if (ending === undefined) return;
      ending.ref();
      ending.postMessage('close');
      await endThread(ending, ENDING_MS);
    },
  };
}
