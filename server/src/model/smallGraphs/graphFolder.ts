// A folder of small graphs with a manifest, run in the thread that asks: compares a file with the manifest and opens it when
// it is first asked for. Its graphs are made to open quickly (models/build/merge/compact_graphs.py).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ModelFolderError, verifyFile } from '../manifest.js';
import { openSmallGraph, type NumberTensor, type SmallGraph } from '../runtime/session.js';
import { words } from '../../common/words.js';

const manifestSchema = z.object({ files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })) });

export interface GraphFolder {
  /** @throws Error with one sentence when the folder cannot be used */
  run(file: string, feeds: Readonly<Record<string, NumberTensor>>): Promise<Readonly<Record<string, NumberTensor>>>;
  release(): Promise<void>;
}

export function openGraphFolder(folder: string): GraphFolder {
  const graphs = new Map<string, Promise<SmallGraph>>();
  let files: ReturnType<typeof readManifestFiles> | undefined;
  const open = async (file: string): Promise<SmallGraph> => {
    const expected = (await (files ??= readManifestFiles(folder)))[file];
    const path = join(folder, file);
    if (expected === undefined)
      throw new ModelFolderError(words('{0} does not list {1}.', join(folder, 'model.json'), file));
    await verifyFile(path, expected, 'model.json');
    return openSmallGraph(path, { isFolded: true });
  };
  return {
    async run(file, feeds) {
      let graph = graphs.get(file);
      if (graph === undefined) {
        graph = open(file);
        graphs.set(file, graph);
      }
      return (await graph).run(feeds);
    },
    async release() {
      for (const graph of graphs.values()) await graph.then((opened) => opened.release()).catch(() => undefined);
    },
  };
}

async function readManifestFiles(folder: string): Promise<z.infer<typeof manifestSchema>['files']> {
  const path = join(folder, 'model.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ModelFolderError(words('The model folder {0} has no readable model.json.', folder));
  });
  try {
    return manifestSchema.parse(JSON.parse(text)).files;
  } catch {
    throw new ModelFolderError(words('{0} is not the manifest of a model.', path));
  }
}
