// The queue in front of the worker, with a scripted worker in place of the model.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isAbortError } from '../../common/abort.js';
import { silentLogger } from '../../common/logger.js';
import { startModel } from './client.js';
import type { GenerateRequest, LanguageModel, ModelState } from '../language.js';

/** What the worker does is written in the path of a prompt; the text it gives names the prefix. */
const scriptedWorker = `
const { parentPort, workerData } = require('node:worker_threads');
const cancelled = new Int32Array(workerData.cancelled);
if (workerData.folder === 'unusable') {
  parentPort.postMessage({ kind: 'unusable', reason: { message: 'The model file {0} is missing.', values: ['head.bin'] } });
} else if (workerData.folder === 'endless') {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
} else {
  parentPort.postMessage({ kind: 'ready', name: 'scripted', loadMs: 1 });
  parentPort.on('message', (message) => {
    if (message.kind === 'close') return parentPort.close();
    const { task } = message;
    const { path, prefix } = message.kind === 'generate' ? message.request.prompt : message.prompt;
    if (path === 'die') process.exit(1);
    if (path === 'throw') throw new Error('a bug');
    if (path === 'fail') return parentPort.postMessage({ kind: 'failed', task, reason: 'It failed.' });
    if (path === 'wait') while (Atomics.load(cancelled, 0) !== task) Atomics.wait(cancelled, 0, Atomics.load(cancelled, 0), 5);
    if (Atomics.load(cancelled, 0) === task) return parentPort.postMessage({ kind: 'cancelled', task });
    if (message.kind === 'prefetch') return parentPort.postMessage({ kind: 'prefetched', task, isComputed: true });
    const continuation = { text: prefix, tokens: [], logProbability: 0, finish: 'lines' };
    parentPort.postMessage({ kind: 'generated', task, generation: { continuations: [continuation], timing: {} } });
  });
}`;

const folder = mkdtempSync(join(tmpdir(), 'lacuna-worker-'));
const workerFile = join(folder, 'worker.cjs');
writeFileSync(workerFile, scriptedWorker);
afterAll(() => rmSync(folder, { recursive: true }));

let model: LanguageModel;
const start = (modelFolder = folder): LanguageModel =>
  (model = startModel({ folder: modelFolder, workerFile, threads: 1, logger: silentLogger }));
afterEach(() => model.dispose());

const request = (path: string, prefix = 'x'): GenerateRequest => ({
  prompt: { key: 'a', path, prefix, suffix: '' },
  alternatives: 1,
  maximumLines: 1,
  maximumTokens: 1,
  maximumMs: 1_000,
});
const never = new AbortController().signal;
const textOf = async (path: string, prefix?: string, signal = never): Promise<string> =>
  (await model.generate(request(path, prefix), signal)).continuations[0]!.text;

describe('the model’s client', () => {
  it('answers requests that were made before the model was ready, in order', async () => {
    start();
    expect(await Promise.all([textOf('', 'a'), textOf('', 'b'), textOf('', 'c')])).toEqual(['a', 'b', 'c']);
    expect(model.state).toMatchObject({ kind: 'ready', name: 'scripted' });
  });

  it('rejects a cancelled request at once and goes on with the next', async () => {
    start();
    await model.ready();
    const controller = new AbortController();
    const waiting = textOf('wait', 'a', controller.signal);
    const next = textOf('', 'b');
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toSatisfy(isAbortError);
    expect(await next).toBe('b');
    await expect(textOf('', 'c', AbortSignal.abort())).rejects.toSatisfy(isAbortError);
  });

  it('never runs a request that was cancelled while it waited', async () => {
    start();
    await model.ready();
    const first = new AbortController();
    const second = new AbortController();
    const running = textOf('wait', 'a', first.signal);
    const queued = textOf('die', 'b', second.signal);
    second.abort();
    first.abort();
    await expect(running).rejects.toSatisfy(isAbortError);
    await expect(queued).rejects.toSatisfy(isAbortError);
    expect(await textOf('', 'c')).toBe('c');
  });

  it('lets a request go before a prefetch', async () => {
    start();
    await model.ready();
    void model.prefetch(request('wait').prompt);
    expect(await textOf('', 'a')).toBe('a');
    void model.prefetch(request('wait').prompt);
    void model.prefetch(request('').prompt);
    expect(await textOf('', 'b')).toBe('b');
  });

  it('says whether a prompt was computed ahead', async () => {
    start();
    await model.ready();
    const first = model.prefetch(request('wait').prompt);
    const second = model.prefetch(request('').prompt);
    const third = model.prefetch(request('').prompt);
    expect(await Promise.all([first, second, third])).toEqual([false, false, true]);
    const interrupted = model.prefetch(request('wait').prompt);
    expect(await textOf('', 'b')).toBe('b');
    expect(await interrupted).toBe(false);
    const left = model.prefetch(request('wait').prompt);
    await model.dispose();
    expect(await left).toBe(false);
  });

  it('says what failed and stays usable', async () => {
    start();
    await expect(textOf('fail')).rejects.toThrow('It failed.');
    expect(await textOf('', 'a')).toBe('a');
  });

  for (const [how, path] of [
    ['ends', 'die'],
    ['throws', 'throw'],
  ] as const) {
    it(`replaces a worker that ${how}, at once, and no request hangs`, async () => {
      start();
      const states: ModelState[] = [];
      model.onStateChange((state) => states.push(state));
      const lost = textOf(path);
      const queued = textOf('', 'b');
      await expect(lost).rejects.toThrow(/stopped unexpectedly.*started again/);
      await expect(queued).rejects.toThrow(/stopped unexpectedly/);
      expect(await textOf('', 'c')).toBe('c');
      expect(states.map(({ kind }) => kind)).toEqual(['ready', 'restarting', 'loading', 'ready']);
      expect(states[1]).toMatchObject({ inMs: 0 });
    });
  }

  it('pauses longer before each further replacement', async () => {
    start();
    const pauses: number[] = [];
    model.onStateChange((state) => void (state.kind === 'restarting' && pauses.push(state.inMs)));
    await expect(textOf('die')).rejects.toThrow();
    await model.ready();
    await expect(textOf('die')).rejects.toThrow();
    expect(pauses).toEqual([0, 1_000]);
  });

  it('does not start again a model that cannot be used, and gives the sentence to everyone', async () => {
    start('unusable');
    await expect(textOf('')).rejects.toThrow('The model file head.bin is missing.');
    await expect(model.ready()).rejects.toThrow('The model file head.bin is missing.');
    await expect(textOf('')).rejects.toThrow('The model file head.bin is missing.');
    expect(model.state.kind).toBe('failed');
  });

  it('gives up a model that never finishes loading, in one sentence, and can be closed', async () => {
    model = startModel({ folder: 'endless', workerFile, threads: 1, logger: silentLogger, loadingMs: 100 });
    const states: ModelState[] = [];
    model.onStateChange((state) => states.push(state));
    await expect(textOf('')).rejects.toThrow(/^The model was not loaded in time, .* start Lacuna again\.$/);
    expect(states.map(({ kind }) => kind)).toEqual(['failed']);
    await expect(textOf('')).rejects.toThrow(/not loaded/);
    await model.dispose();
  });

  it('rejects what is under way when it is closed', async () => {
    start();
    await model.ready();
    const running = textOf('wait');
    const rejected = expect(running).rejects.toThrow('The model was closed.');
    await model.dispose();
    await rejected;
  });
});

describe('a process that ends while its model is busy', () => {
  /** A program whose model says that it is busy, goes on for some time, and says that it has ended. */
  function run(worksMs: number): { status: number | null; signal: string | null; said: string } {
    const busyWorker = join(folder, 'busy.cjs');
    writeFileSync(
      busyWorker,
      `const { writeSync } = require('node:fs');
      const { parentPort, workerData } = require('node:worker_threads');
      Atomics.store(workerData.busy, 0, 1);
      parentPort.postMessage({ kind: 'ready', name: 'busy', loadMs: 1 });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${worksMs});
      writeSync(1, 'ended');
      Atomics.store(workerData.busy, 0, 0);
      Atomics.notify(workerData.busy, 0);
      setInterval(() => undefined, 1_000);`,
    );
    const program = join(folder, 'program.mjs');
    const contents = `
      import { silentLogger } from '../../common/logger.js';
      import { startModel } from './client.js';
      const workerFile = ${JSON.stringify(busyWorker)};
      void startModel({ folder: '', workerFile, threads: 1, logger: silentLogger }).ready().then(() => process.exit(7));`;
    const stdin = { contents, resolveDir: import.meta.dirname, loader: 'ts' } as const;
    const external = ['onnxruntime-node'];
    buildSync({ stdin, outfile: program, bundle: true, platform: 'node', format: 'esm', external, logLevel: 'error' });
    const { status, signal, stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
    return { status, signal, said: stdout };
  }

  it('waits for it, since the native runtime would end it with an abort', () => {
    expect(run(300)).toEqual({ status: 7, signal: null, said: 'ended' });
  });

  it.skipIf(process.platform === 'win32')('ends without it where that takes too long', { timeout: 30_000 }, () => {
    expect(run(60_000)).toEqual({ status: null, signal: 'SIGKILL', said: '' });
  });
});

describe('the bundled worker', () => {
  const bundled = fileURLToPath(new URL('../../../../dist/worker.cjs', import.meta.url));
  const tiny = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));

  it('loads a model folder and answers; another folder is refused in one sentence', async () => {
    model = startModel({ folder: tiny, workerFile: bundled, threads: 1, logger: silentLogger });
    const { continuations } = await model.generate({ ...request('a.ts'), maximumTokens: 5 }, never);
    expect(continuations[0]!.tokens.length).toBeGreaterThan(0);
    await model.dispose();
    model = startModel({ folder, workerFile: bundled, threads: 1, logger: silentLogger });
    await expect(model.ready()).rejects.toThrow(/has no readable model\.json/);
  });
});
