// What keeps the process from ending while its model's thread is inside of the native runtime. Node ends threads before the
// process, and the runtime ends the whole process with SIGABRT where it is told so in the middle of its work.

import type { Worker } from 'node:worker_threads';

/** One Int32: how much the thread is busy with; zero while it waits. */
export const newBusyMark = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/** In the thread: marks it as busy for the time of some work. */
export async function busyWith<T>(mark: Int32Array, work: () => Promise<T>): Promise<T> {
  Atomics.add(mark, 0, 1);
  try {
    return await work();
  } finally {
    Atomics.sub(mark, 0, 1);
    Atomics.notify(mark, 0);
  }
}

/**
 * Has a process that ends wait for a thread that is busy, so long at most; then it ends by a signal, since Node would wait
 * for ever.
 * @param hurry asks the thread to end what it does
 * @returns lets the process end without the thread
 */
export function endAfter(worker: Worker, mark: Int32Array, patienceMs: number, hurry: () => void): () => void {
  const wait = (): void => {
    hurry();
    const end = performance.now() + patienceMs;
    for (let works = Atomics.load(mark, 0); works > 0; works = Atomics.load(mark, 0)) {
      if (Atomics.wait(mark, 0, works, end - performance.now()) === 'timed-out') process.kill(process.pid, 'SIGKILL');
    }
  };
  const forget = (): void => void process.removeListener('exit', wait);
  process.once('exit', wait);
  worker.once('exit', forget);
  return forget;
}
