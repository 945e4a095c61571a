// A thread that does not answer any more, mostly inside the native runtime: how that is noticed, and how the program goes
// on without it.

import type { Worker } from 'node:worker_threads';

const TICK_MS = 1_000;

/**
 * Calls once when so much time has passed. Only time counts in which this thread ran too: after the machine slept or the
 * process was stopped, the other thread is not stuck, and ending it inside a run of the native runtime may take the
 * process along.
 * @returns ends the watch
 */
export function watchThread(limitMs: number, onStuck: () => void): () => void {
  let waitedMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    waitedMs += Math.min(now - last, 2 * TICK_MS);
    last = now;
    if (waitedMs < limitMs) return;
    clearInterval(timer);
    onStuck();
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

let stuck = 0;
let willEnd = false;

/**
 * Ends a thread without waiting for it. A thread that blocks outside of JavaScript goes on blocking, and would even keep
 * the program from ending: Node joins every thread. So a program that ends with such a thread ends itself by a signal.
 */
export function abandonThread(worker: Worker): void {
  stuck++;
  worker.unref();
  worker.once('exit', () => stuck--);
  void worker.terminate();
  if (willEnd) return;
  willEnd = true;
  process.once('exit', () => {
    if (stuck > 0) process.kill(process.pid, 'SIGKILL');
  });
}

/** Resolves when a thread that was told to end has ended, or has had its time for that. */
export function endThread(worker: Worker, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      abandonThread(worker);
      resolve();
    }, patienceMs);
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
