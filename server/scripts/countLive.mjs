// Loaded before the language server by soak.mjs (`node --import`), in its first thread and in every worker: counts what
// is alive after a garbage collection, so that something that leaks is seen by its number, not only by its bytes.
// The product knows nothing of it.
import Module from 'node:module';
import { basename } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import v8 from 'node:v8';
import { BroadcastChannel, isMainThread, Worker } from 'node:worker_threads';

/** How long the other threads may take to answer; one of them may be in the middle of a run. */
const ANSWER_MS = 20_000;

/** The runtime's classes, once a thread has loaded it, and how many sessions are open there. */
let runtime;
let openSessions = 0;
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'onnxruntime-node' && runtime === undefined) {
    runtime = loaded;
    const { create } = loaded.InferenceSession;
    loaded.InferenceSession.create = async (...parameters) => {
      const session = await create.apply(loaded.InferenceSession, parameters);
      openSessions++;
      const { release } = session;
      session.release = async () => {
        await release.call(session);
        openSessions--;
      };
      return session;
    };
  }
  return loaded;
};

/** Objects of a class that are reachable; asking for them collects garbage first. */
const alive = (type) => v8.queryObjects(type, { format: 'count' });

/** What this thread holds. Every listener is a function that something still refers to. */
function count() {
  const { Tensor } = runtime ?? {};
  // Each look collects garbage several times over, and a thread that counts answers nothing meanwhile.
  const counts = {
    functions: alive(Function),
    ...(isMainThread
      ? // The class's own prototype is counted along.
        { promises: alive(Promise), abortSignals: alive(globalThis.AbortSignal), workers: alive(Worker) - 1 }
      : {}),
    ...(runtime === undefined ? {} : { tensors: alive(Tensor), openSessions }),
  };
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    program: basename(process.argv[1]),
    counts,
    handles: handles(),
    megabytes: { heap: mega(heapUsed), external: mega(external), arrayBuffers: mega(arrayBuffers) },
    ...(isMainThread
      ? { cpuSeconds: Math.round(process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6) }
      : {}),
  };
}

/** What keeps the thread alive, by kind: timers, sockets, ports. */
function handles() {
  const byKind = {};
  for (const kind of process.getActiveResourcesInfo()) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return byKind;
}

function mega(bytes) {
  return Math.round((bytes / 2 ** 20) * 10) / 10;
}

const channel = new BroadcastChannel('lacuna-soak-counts');
channel.unref();
if (isMainThread) {
  let answers = [];
  channel.onmessage = ({ data }) => {
    if (data.answer !== undefined) answers.push(data.answer);
  };
  process.on('message', (message) => {
    if (message.kind !== 'count') return;
    answers = [];
    channel.postMessage({ ask: true });
    const began = Date.now();
    const timer = setInterval(() => {
      if (answers.length < message.threads && Date.now() - began < ANSWER_MS) return;
      clearInterval(timer);
      process.send({ kind: 'counts', main: count(), threads: answers });
    }, 20);
  });
  process.channel?.unref();
} else {
  channel.onmessage = ({ data }) => {
    if (data.ask) channel.postMessage({ answer: count() });
  };
}
