// The model as the other rooms see it: a queue in front of the worker, and a new worker when one dies.

import { Worker } from 'node:worker_threads';
import { abortError } from '../../common/abort.js';
import type { GenerateRequest, Generation, LanguageModel, ModelOptions, ModelState, Prompt } from '../language.js';
import { endAfter, newBusyMark } from './busyThread.js';
import { ObservedModel } from './observedModel.js';
import { runtimeProblem } from '../runtime/session.js';
import { abandonThread, endThread, watchThread } from '../runtime/stuckThread.js';
import type { FromWorker, ToWorker, WorkerStart } from './workerMessages.js';
import { SaidError } from '../../common/saidError.js';
import { asIs, inEnglish, words, type Words } from '../../common/words.js';

/** Pauses before a dead worker is replaced: at once, then growing; the last one repeats. */
const RESTART_PAUSES_MS = [0, 1_000, 5_000, 20_000, 60_000];
/** A worker that lived this long has earned a replacement at once. */
const STABLE_MS = 60_000;
/** A task that is not answered so long after its own bound means that the worker hangs. */
const HANG_MS = 20_000;
/** Loading takes a second or two, and some more from a slow disk; near the end of the memory the runtime may hang in it. */
const LOADING_MS = 60_000;
/** So long a worker may take to end when it is told to; it may be in the middle of loading. */
const ENDING_MS = 5_000;

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
  /** Of the worker that runs. */
  hasPrefill = false;
  private workerStartedAt = 0;
  private deaths = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private endWatch: () => void = () => undefined;
  private endWithout: () => void = () => undefined;
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
      if (this.state.kind === 'failed') return reject(new SaidError(this.state.reason));
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

  recalibrate(): void {
    // A worker that is loading reads it anyway.
    if (this.state.kind === 'ready') this.worker?.postMessage({ kind: 'recalibrate' } satisfies ToWorker);
  }

  openPrefill(): void {
    // A worker that is loading opens it anyway.
    if (this.state.kind === 'ready') this.worker?.postMessage({ kind: 'openPrefill' } satisfies ToWorker);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.restartTimer);
    this.endWatch();
    const { worker } = this;
    this.worker = undefined;
    if (this.running !== undefined) this.cancel(this.running);
    this.failAll(words('The model was closed.'));
    this.forgetListeners();
    if (worker === undefined) return;
    worker.postMessage({ kind: 'close' } satisfies ToWorker);
    await endThread(worker, ENDING_MS);
    this.endWithout();
  }

  private start(): void {
    const busy = newBusyMark();
    const workerData: WorkerStart = {
      folder: this.options.folder,
      threads: this.options.threads,
      ...(this.options.forms === undefined ? {} : { forms: this.options.forms }),
      cancelled: this.cancelled.buffer,
      busy,
    };
    // This thread holds the native library too, lest it be unloaded with a worker that dies. Where it cannot be loaded, the
    // worker says so.
    runtimeProblem();
    const worker = new Worker(this.options.workerFile, { workerData, name: 'lacuna-model' });
    this.worker = worker;
    this.hasPrefill = false;
    this.endWithout = endAfter(worker, busy, ENDING_MS, () => {
      if (this.running !== undefined) this.cancel(this.running);
    });
    this.workerStartedAt = performance.now();
    let cause: Words | undefined;
    worker.on('message', (message: FromWorker) => {
      if (this.worker === worker) this.receive(message);
    });
    worker.on('error', (error) => (cause = asIs(error.message)));
    worker.on('exit', () => {
      if (this.worker === worker) this.replaceWorker(cause);
    });
    this.watch(this.options.loadingMs ?? LOADING_MS, (stuck) => {
      this.worker = undefined;
      this.abandonWorker(stuck);
      this.giveUp(
        words(
          'The model was not loaded in time, perhaps since the memory does not suffice; close other programs, and start Lacuna again.',
        ),
      );
    });
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.endWatch();
      this.options.logger.info(`Model ${message.name} loaded in ${Math.round(message.loadMs)} ms.`);
      const { kind, name, loadMs, calibrated } = message;
      this.setState({ kind, name, loadMs, ...calibrated });
      this.pump();
      return;
    }
    if (message.kind === 'recalibrated') {
      if (this.state.kind !== 'ready') return;
      const { kind, name, loadMs } = this.state;
      this.setState({ kind, name, loadMs, ...message.calibrated });
      return;
    }
    if (message.kind === 'prefill') {
      const { problem } = message;
      this.hasPrefill = problem === undefined;
      if (problem === undefined) this.options.logger.info('Prompts are read with the form made for them.');
      else this.options.logger.warn(`Prompts are read without the form made for them: ${inEnglish(problem)}`);
      return;
    }
    if (message.kind === 'unusable') {
      this.endWatch();
      this.worker = undefined;
      this.giveUp(message.reason);
      return;
    }
    const task = this.running;
    if (task?.number !== message.task) return;
    this.endWatch();
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
    this.watch(bound + HANG_MS, (stuck) => {
      this.options.logger.error('The model does not answer; its worker is replaced.');
      this.abandonWorker(stuck);
      this.replaceWorker(words('it did not answer'));
    });
    this.worker.postMessage(task.message);
  }

  private watch(limitMs: number, onStuck: (worker: Worker) => void): void {
    this.endWatch();
    this.endWatch = watchThread(limitMs, () => {
      if (this.worker !== undefined) onStuck(this.worker);
    });
  }

  private abandonWorker(worker: Worker): void {
    this.endWithout();
    abandonThread(worker);
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

  private replaceWorker(cause: Words | undefined): void {
    this.endWatch();
    this.worker = undefined;
    if (performance.now() - this.workerStartedAt > STABLE_MS) this.deaths = 0;
    const inMs = RESTART_PAUSES_MS[Math.min(this.deaths++, RESTART_PAUSES_MS.length - 1)]!;
    const [happened, reason] =
      cause === undefined
        ? [words('The model stopped unexpectedly.'), words('The model stopped unexpectedly and is started again.')]
        : [
            words('The model stopped unexpectedly ({0}).', cause),
            words('The model stopped unexpectedly ({0}) and is started again.', cause),
          ];
    this.options.logger.error(inEnglish(reason));
    this.failAll(reason);
    this.setState({ kind: 'restarting', happened, reason, inMs });
    this.restartTimer = setTimeout(() => {
      this.setState({ kind: 'loading' });
      this.start();
    }, inMs);
    this.restartTimer.unref();
  }

  /** The model cannot be used, and starting another worker would not help. */
  private giveUp(reason: Words): void {
    this.setState({ kind: 'failed', reason });
    this.failAll(reason);
  }

  private failAll(reason: Words): void {
    const tasks = [...(this.running === undefined ? [] : [this.running]), ...this.waiting.splice(0)];
    this.running = undefined;
    this.prefetching?.ended(false);
    this.prefetching = undefined;
    for (const task of tasks) {
      task.ended?.(false);
      task.settle?.reject(new SaidError(reason));
    }
  }

  protected override setState(state: ModelState): void {
    if (!this.disposed) super.setState(state);
  }
}
