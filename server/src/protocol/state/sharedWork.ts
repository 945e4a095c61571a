// One computation for all who ask for the same thing at the same time: a light bulb, a lens and a hover of one conflict.
// It ends early when the last of them has lost interest.

import { untilAborted } from '../../common/abort.js';

interface Running<Result> {
  readonly promise: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

export class SharedWork<Result> {
  private readonly running = new Map<string, Running<Result>>();

  /** @param key what is asked for; the first who asks begins it */
  async join(key: string, begin: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    const work = this.running.get(key) ?? this.start(key, begin);
    work.waiting++;
    try {
      return await untilAborted(work.promise, signal);
    } finally {
      if (--work.waiting === 0) {
        // Whoever asks from now on begins anew, since this one may have been ended.
        if (this.running.get(key) === work) this.running.delete(key);
        work.controller.abort();
      }
    }
  }

  private start(key: string, begin: (signal: AbortSignal) => Promise<Result>): Running<Result> {
    const controller = new AbortController();
    const work = { promise: begin(controller.signal), controller, waiting: 0 };
    this.running.set(key, work);
    return work;
  }
}
