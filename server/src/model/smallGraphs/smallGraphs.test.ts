// The client of the small graphs, with a scripted worker in place of the runtime.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type SmallGraphs, startSmallGraphs } from './smallGraphs.js';

/** Doubles numbers; the graph's name says what else to do. */
const scriptedWorker = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (message) => {
  if (message === 'close') return parentPort.close();
  const { task, file, feeds } = message;
  if (file === 'die') process.exit(1);
  if (file === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (file === 'fail') return parentPort.postMessage({ kind: 'failed', task, reason: 'It failed.' });
  parentPort.postMessage({ kind: 'ran', task, results: { y: { data: feeds.x.data.map((n) => 2 * n), dims: feeds.x.dims } } });
});`;

const folder = mkdtempSync(join(tmpdir(), 'lacuna-graphs-'));
const workerFile = join(folder, 'graphs.cjs');
writeFileSync(workerFile, scriptedWorker);
afterAll(() => rmSync(folder, { recursive: true }));

const double = async (graphs: SmallGraphs, file: string, value: number): Promise<number> => {
  const { y } = await graphs.run(file, { x: { data: new Float32Array([value]), dims: [1] } });
  return y!.data[0]!;
};

test('runs are answered, each with its own numbers', async () => {
  const graphs = startSmallGraphs({ folder, workerFile });
  expect(await Promise.all([1, 2, 3].map((value) => double(graphs, 'double', value)))).toEqual([2, 4, 6]);
  await graphs.dispose();
});

test('a run that fails says why, and the next one works', async () => {
  const graphs = startSmallGraphs({ folder, workerFile });
  await expect(double(graphs, 'fail', 1)).rejects.toThrow('It failed.');
  expect(await double(graphs, 'double', 4)).toBe(8);
  await graphs.dispose();
});

test('a thread that dies fails its runs and is replaced', async () => {
  const graphs = startSmallGraphs({ folder, workerFile });
  await expect(double(graphs, 'die', 1)).rejects.toThrow('stopped');
  expect(await double(graphs, 'double', 5)).toBe(10);
  await graphs.dispose();
});

test('a thread that does not answer is given up, and replaced', async () => {
  const graphs = startSmallGraphs({ folder, workerFile, hangMs: 100 });
  await expect(double(graphs, 'hang', 1)).rejects.toThrow('did not answer');
  expect(await double(graphs, 'double', 6)).toBe(12);
  await graphs.dispose();
});

test('after the end there are no runs', async () => {
  const graphs = startSmallGraphs({ folder, workerFile });
  await graphs.dispose();
  await expect(double(graphs, 'double', 1)).rejects.toThrow('closed');
});
