// The thread of the small graphs (smallGraphs.ts). It compares the folder's files with its manifest once, opens each graph
// when it is first asked for, and answers one run after the other.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { messageOf } from '../common/messageOf.js';
import { ModelFolderError, verifyFile } from './manifest.js';
import { openSmallGraph, type SmallGraph } from './session.js';
import type { FromSmallGraphWorker, ToSmallGraphWorker } from './smallGraphs.js';

const manifestSchema = z.object({ files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })) });

const port = parentPort!;
const { folder } = workerData as { readonly folder: string };
const graphs = new Map<string, Promise<SmallGraph>>();
const files = readManifestFiles();
files.catch(() => undefined);
/** The end of the last run that was asked for: runs follow one another. */
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToSmallGraphWorker | 'close') => {
  last = last.then(() => (message === 'close' ? close() : answer(message)));
});

async function answer({ task, file, feeds }: ToSmallGraphWorker): Promise<void> {
  let message: FromSmallGraphWorker;
  try {
    let graph = graphs.get(file);
    if (graph === undefined) {
      graph = open(file);
      graphs.set(file, graph);
    }
    message = { kind: 'ran', task, results: await (await graph).run(feeds) };
  } catch (error) {
    message = { kind: 'failed', task, reason: messageOf(error) };
  }
  port.postMessage(message);
}

async function close(): Promise<void> {
  for (const graph of graphs.values()) await graph.then((opened) => opened.release()).catch(() => undefined);
  port.close();
}

async function open(file: string): Promise<SmallGraph> {
  const expected = (await files)[file];
  const path = join(folder, file);
  if (expected === undefined) throw new ModelFolderError(`${join(folder, 'model.json')} does not list ${file}.`);
  await verifyFile(path, expected, 'model.json');
  return openSmallGraph(path);
}

async function readManifestFiles(): Promise<z.infer<typeof manifestSchema>['files']> {
  const path = join(folder, 'model.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ModelFolderError(`The model folder ${folder} has no readable model.json.`);
  });
  try {
    return manifestSchema.parse(JSON.parse(text)).files;
  } catch {
    throw new ModelFolderError(`${path} is not the manifest of a model.`);
  }
}
