// The model as the other rooms see it: a queue in front of the worker, and a new worker when one dies.

import { Worker } from 'node:worker_threads';
import { abortError } from '../common/abort.js';
import type { GenerateRequest, Generation, LanguageModel, ModelOptions, ModelState, Prompt } from './language.js';
import { ObservedModel } from './observedModel.js';
import type { FromWorker, ToWorker, WorkerStart } from './workerMessages.js';

/** Pauses before a dead worker is replaced: at once, then growing; the last one repeats. */
const RESTART_PAUSES_MS = [0, 1_000, 5_000, 20_000, 60_000];
/** A worker that lived this long has earned a replacement at once. */
const STABLE_MS = 60_000;
/** A task that is not answered so long after its own bound means that the worker hangs. */
const HANG_MS = 20_000;
const WATCH_TICK_MS = 1_000;

interface Task {
  readonly number: number;
  readonly message: ToWorker;
  readonly queuedAt: number;
  /** Undefined for a prefetch. */
  readonly settle?: { resolve(generation: Generation): void; reject(error: Error): void };
  /** Undefined for a request: told whether a prefetch was computed. */
  readonly ended?: (isComputed: boolean) => void;
  startedAt?: number;
}

/** Starts a worker with a model; requests may be made at once and wait until it is loaded. */
export function startModel(options: ModelOptions): LanguageModel {
  return new WorkerModel(options);
}

class WorkerModel extends ObservedModel implements LanguageModel {
  private readonly cancelled = new Int32Array(new SharedArrayBuffer(4));
  private worker: Worker | undefined;
  private workerStartedAt = 0;
  private deaths = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private hangTimer: NodeJS.Timeout | undefined;
  private nextNumber = 1;
  private running: Task | undefined;
  private readonly waiting: Task[] = [];
  private prefetching: { readonly prompt: Prompt; readonly ended: (isComputed: boolean) => void } | undefined;
  private disposed = false;

  constructor(private readonly options: ModelOptions) {
    super();
    this.start();
  }

  generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(abortError());
      if (this.state.kind === 'failed') return reject(new Error(this.state.reason));
      const onAbort = (): void => {
        this.abandon(task);
        reject(abortError());
      };
      const settle = {
        resolve: (generation: Generation) => {
          signal.removeEventListener('abort', onAbort);
          resolve(generation);
        },
        reject: (error: Error) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      const number = this.nextNumber++;
      const task: Task = {
        number,
        message: { kind: 'generate', task: number, request },
        queuedAt: performance.now(),
        settle,
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (this.running?.message.kind === 'prefetch') this.cancel(this.running);
      this.waiting.push(task);
      this.pump();
    });
  }

  prefetch(prompt: Prompt): Promise<boolean> {
    if (this.disposed || this.state.kind === 'failed') return Promise.resolve(false);
    if (this.running?.message.kind === 'prefetch') this.cancel(this.running);
    this.prefetching?.ended(false);
    return new Promise((ended) => {
      this.prefetching = { prompt, ended };
      this.pump();
    });
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.restartTimer);
    clearInterval(this.hangTimer);
    const { worker } = this;
    this.worker = undefined;
    if (this.running !== undefined) this.cancel(this.running);
    this.failAll('The model was closed.');
    this.forgetListeners();
    if (worker === undefined) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ kind: 'close' } satisfies ToWorker);
    const timer = setTimeout(() => void worker.terminate(), 2_000);
    await gone;
    clearTimeout(timer);
  }

  private start(): void {
    const workerData: WorkerStart = {
      folder: this.options.folder,
      threads: this.options.threads,
      cancelled: this.cancelled.buffer,
    };
    const worker = new Worker(this.options.workerFile, { workerData, name: 'lacuna-model' });
    this.worker = worker;
    this.workerStartedAt = performance.now();
    let cause = '';
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', (error) => (cause = error.message));
    worker.on('exit', () => {
      if (this.worker === worker) this.replaceWorker(cause);
    });
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.options.logger.info(`Model ${message.name} loaded in ${Math.round(message.loadMs)} ms.`);
      this.setState(message);
      this.pump();
      return;
    }
    if (message.kind === 'unusable') {
      this.worker = undefined;
      this.setState({ kind: 'failed', reason: message.reason });
      this.failAll(message.reason);
      return;
    }
    const task = this.running;
    if (task?.number !== message.task) return;
    clearInterval(this.hangTimer);
    this.running = undefined;
    task.ended?.(message.kind === 'prefetched' && message.isComputed);
    if (message.kind === 'generated') {
      const queueMs = (task.startedAt ?? task.queuedAt) - task.queuedAt;
      const { generation } = message;
      task.settle?.resolve({ ...generation, timing: { ...generation.timing, queueMs } });
    } else if (message.kind === 'failed') {
      this.options.logger.error(`The model failed: ${message.reason}`);
      task.settle?.reject(new Error(message.reason));
    } else if (message.kind === 'cancelled') {
      task.settle?.reject(abortError());
    }
    this.pump();
  }

  /** Gives the worker its next task, if it is free; a prefetch only when no request waits. */
  private pump(): void {
    if (this.state.kind !== 'ready' || this.running !== undefined || this.worker === undefined) return;
    const task = this.waiting.shift() ?? this.takePrefetch();
    if (task === undefined) return;
    this.running = task;
    task.startedAt = performance.now();
    const bound = task.message.kind === 'generate' ? task.message.request.maximumMs : 0;
    this.watch(bound + HANG_MS);
    this.worker.postMessage(task.message);
  }

  /**
   * Replaces the worker when it does not answer in time. Only time counts in which this thread ran too: after the
   * machine slept or the process was stopped, the worker has not hung, and ending it inside a run of the native runtime
   * may take the process along.
   */
  private watch(limitMs: number): void {
    let waitedMs = 0;
    let last = performance.now();
    clearInterval(this.hangTimer);
    this.hangTimer = setInterval(() => {
      const now = performance.now();
      waitedMs += Math.min(now - last, 2 * WATCH_TICK_MS);
      last = now;
      if (waitedMs < limitMs) return;
      clearInterval(this.hangTimer);
      this.options.logger.error('The model does not answer; its worker is replaced.');
      void this.worker?.terminate();
    }, WATCH_TICK_MS);
    this.hangTimer.unref();
  }

  private takePrefetch(): Task | undefined {
    if (this.prefetching === undefined) return undefined;
    const { prompt, ended } = this.prefetching;
    this.prefetching = undefined;
    const number = this.nextNumber++;
    return { number, message: { kind: 'prefetch', task: number, prompt }, queuedAt: performance.now(), ended };
  }

  private abandon(task: Task): void {
    const at = this.waiting.indexOf(task);
    if (at !== -1) this.waiting.splice(at, 1);
    else if (this.running === task) this.cancel(task);
  }

  private cancel(task: Task): void {
    Atomics.store(this.cancelled, 0, task.number);
  }

  private replaceWorker(cause: string): void {
    clearInterval(this.hangTimer);
    this.worker = undefined;
    if (performance.now() - this.workerStartedAt > STABLE_MS) this.deaths = 0;
    const inMs = RESTART_PAUSES_MS[Math.min(this.deaths++, RESTART_PAUSES_MS.length - 1)]!;
    const reason = `The model stopped unexpectedly${cause === '' ? '' : ` (${cause})`} and is started again.`;
    this.options.logger.error(reason);
    this.failAll(reason);
    this.setState({ kind: 'restarting', reason, inMs });
    this.restartTimer = setTimeout(() => {
      this.setState({ kind: 'loading' });
      this.start();
    }, inMs);
    this.restartTimer.unref();
  }

  private failAll(reason: string): void {
    const tasks = [...(this.running === undefined ? [] : [this.running]), ...this.waiting.splice(0)];
    this.running = undefined;
    this.prefetching?.ended(false);
    this.prefetching = undefined;
    for (const task of tasks) {
      task.ended?.(false);
      task.settle?.reject(new Error(reason));
    }
  }

  protected override setState(state: ModelState): void {
    if (!this.disposed) super.setState(state);
  }
}
