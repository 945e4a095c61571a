// The workspace as the other rooms see it: questions to the worker, and a new worker when one dies.

import { Worker } from 'node:worker_threads';
import type { ContextPart } from '../completion/index.js';
import type { FromWorkspace, ToWorkspace, WorkspaceStart } from './messages.js';
import type { ContextQuestion, Workspace, WorkspaceOptions, WorkspaceState } from './types.js';

/** A worker that died so often is not started again: something in the workspace kills it. */
const MOST_DEATHS = 3;

/** Megabytes of the worker's heap: far more than the index of the most files takes. */
const HEAP_MB = 256;

const unknown: WorkspaceState = {
  files: 0,
  leftOut: { secret: 0, binary: 0, tooLarge: 0, tooMany: 0, unreadable: 0 },
  isComplete: false,
  workMs: 0,
  updates: 0,
  lastUpdateMs: 0,
};

/** Reading begins when folders are given. */
export function startWorkspace({ workerFile, grammarFolder, logger, duty = 0.5 }: WorkspaceOptions): Workspace {
  const waiting = new Map<number, (message: FromWorkspace | undefined) => void>();
  let folders: readonly string[] = [];
  let worker: Worker | undefined;
  let [nextTask, deaths] = [1, 0];
  let isDisposed = false;

  const start = (): void => {
    const workerData: WorkspaceStart = { grammarFolder, duty };
    const own = new Worker(workerFile, {
      workerData,
      name: 'lacuna-workspace',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker = own;
    own.unref();
    own.on('message', (message: FromWorkspace) => {
      waiting.get(message.task)?.(message);
      waiting.delete(message.task);
    });
    own.on('error', (error) => logger.error(`Reading the workspace failed: ${error.message}`));
    own.on('exit', () => {
      if (worker !== own) return;
      worker = undefined;
      for (const settle of waiting.values()) settle(undefined);
      waiting.clear();
      if (isDisposed || ++deaths >= MOST_DEATHS) return;
      start();
      post({ kind: 'folders', folders });
    });
  };
  const post = (message: ToWorkspace): void => worker?.postMessage(message);
  const ask = (message: (task: number) => ToWorkspace, signal?: AbortSignal): Promise<FromWorkspace | undefined> =>
    new Promise((resolve) => {
      if (worker === undefined || signal?.aborted === true) return resolve(undefined);
      const task = nextTask++;
      const onAbort = (): void => settle(undefined);
      const settle = (answered: FromWorkspace | undefined): void => {
        signal?.removeEventListener('abort', onAbort);
        waiting.delete(task);
        resolve(answered);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.set(task, settle);
      post(message(task));
    });

  return {
    setFolders(given) {
      folders = given;
      if (isDisposed || (worker === undefined && folders.length === 0) || deaths >= MOST_DEATHS) return;
      if (worker === undefined) start();
      post({ kind: 'folders', folders });
    },
    fileChanged: (file) => post({ kind: 'changed', file }),
    async choose(question: ContextQuestion, signal: AbortSignal): Promise<readonly ContextPart[]> {
      const answered = await ask((task) => ({ kind: 'choose', task, question }), signal);
      return answered?.kind === 'chosen' && answered.parts !== undefined ? answered.parts : question.previous;
    },
    async state() {
      const answered = await ask((task) => ({ kind: 'state', task }));
      return answered?.kind === 'state' ? answered.state : unknown;
    },
    async dispose() {
      isDisposed = true;
      const last = worker;
      worker = undefined;
      for (const settle of waiting.values()) settle(undefined);
      if (last === undefined) return;
      await last.terminate();
    },
  };
}
