// The thread that the model runs on: onnxruntime's run() blocks the thread it is called on.

import { parentPort, workerData } from 'node:worker_threads';
import { isAbortError } from '../../common/abort.js';
import { messageOf } from '../../common/messageOf.js';
import { wordsOf } from '../../common/saidError.js';
import { loadEngine, type Engine } from '../generation/engine.js';
import { ModelFolderError } from '../manifest.js';
import { busyWith } from './busyThread.js';
import type { FromWorker, ToWorker, WorkerStart } from './workerMessages.js';

const port = parentPort!;
const start = workerData as WorkerStart;
const cancelledTask = new Int32Array(start.cancelled);
const send = (message: FromWorker): void => port.postMessage(message);

void (async () => {
  const began = performance.now();
  let engine: Engine;
  try {
    engine = await busyWith(start.busy, () => loadEngine(start.folder, start.threads, start.forms?.folder));
    if (start.forms?.areAwaited === true) await openPrefill(engine);
  } catch (error) {
    if (!(error instanceof ModelFolderError)) throw error;
    send({ kind: 'unusable', reason: error.said });
    return;
  }
  port.on('message', (message: ToWorker) => void answer(engine, message));
  const loadMs = performance.now() - began;
  send({ kind: 'ready', name: engine.manifest.name, loadMs, calibrated: engine.calibrated });
  if (start.forms?.areAwaited === false) await openPrefill(engine);
})();

/** A form that is damaged, or does not fit the memory, makes prompts slower and nothing else. */
async function openPrefill(engine: Engine): Promise<void> {
  try {
    if (await busyWith(start.busy, () => engine.openPrefill())) send({ kind: 'prefill', problem: undefined });
  } catch (error) {
    send({ kind: 'prefill', problem: wordsOf(error) });
  }
}

async function answer(engine: Engine, message: ToWorker): Promise<void> {
  if (message.kind === 'close') {
    await busyWith(start.busy, () => engine.release());
    port.close();
    return;
  }
  if (message.kind === 'recalibrate') {
    send({ kind: 'recalibrated', calibrated: await engine.recalibrate() });
    return;
  }
  if (message.kind === 'openPrefill') return openPrefill(engine);
  const { task } = message;
  const cancelled = (): boolean => Atomics.load(cancelledTask, 0) === task;
  try {
    if (message.kind === 'generate') {
      const { request } = message;
      send({
        kind: 'generated',
        task,
        generation: await busyWith(start.busy, () => engine.generate(request, cancelled)),
      });
    } else {
      const { prompt } = message;
      send({
        kind: 'prefetched',
        task,
        isComputed: await busyWith(start.busy, () => engine.prefetch(prompt, cancelled)),
      });
    }
  } catch (error) {
    if (isAbortError(error)) send({ kind: 'cancelled', task });
    else send({ kind: 'failed', task, reason: messageOf(error) });
  }
}
