// The composition root of the language server: the only place that knows where files lie and what everything is made of.

import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'vscode-languageserver';
import { examine } from './setup/examine.js';
import { findInstallation, runtimeVersion, version } from './setup/installation.js';
import { compareModels } from './setup/models/compareModels.js';
import { listModels } from './setup/models/listModels.js';
import { addModel } from './setup/models/addModel.js';
import { folderOfModel, goneChoice } from './setup/models/modelsFolder.js';
import { examinePrefill, formsFolder, preparePrefill } from './setup/models/prefillForms.js';
import { openHoles } from './setup/openHoles.js';
import { createElsewhere } from './setup/mergeSiblings.js';
import { openRanker } from './setup/openRanker.js';
import { takeServerKey } from './setup/serverKey.js';
import { createCompleter } from './completion/index.js';
import { readFileInGit, underWay, underWaySentence, unmergedFiles, useGit } from './git/index.js';
import { createMergeResolver } from './merge/index.js';
import { runtimeProblem, startModel } from './model/index.js';
import { startServer, type Holes } from './protocol/index.js';
import { startRemoteModel } from './remote/index.js';
import { createSyntax } from './syntax/index.js';
import { startWorkspace } from './workspace/index.js';
import { SaidError } from './common/saidError.js';
import { inEnglish, words } from './common/words.js';

const now = (): number => performance.now();
const sleep = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal });

/** What is known of holes was measured on the built-in model, and holds for no other. */
const noHoles: Holes = {
  knowledge: () => undefined,
  calibrate: () =>
    Promise.reject(new SaidError(words('Holes are measured for a model on this machine, not for a model server.'))),
};

/** Milliseconds for which the files of a merge count as read. */
const ELSEWHERE_LIFE = 10_000;

/** Serves a connection until its client ends it. */
export function serve(connection: Connection): void {
  const { workerFile, workspaceWorkerFile, grammarFolder, wordsFolder, programsFolder } = findInstallation();
  const syntax = createSyntax({ grammarFolder });
  const key = takeServerKey();
  const namedBy = ({ name, path }: { readonly name: string; readonly path: string }): string =>
    name === '' ? path : name;
  const folderOf = (model: Parameters<typeof namedBy>[0]): string => folderOfModel(namedBy(model));
  startServer(connection, {
    startModel: ({ model, threads, server }, logger) => {
      if (server.url !== '') return startRemoteModel({ ...server, key }, logger);
      const gone = goneChoice(namedBy(model));
      if (gone !== undefined) logger.warn(inEnglish(gone));
      return startModel({
        ...{ folder: folderOf(model), workerFile, threads, logger },
        ...(model.prefill ? { forms: { folder: formsFolder(), areAwaited: false } } : {}),
      });
    },
    preparePrefill: async (model, signal) => {
      const { isNew, bytes } = await preparePrefill(folderOf(model), () => undefined, signal);
      return isNew && bytes > 0;
    },
    createCompleter: (model, logger, context, holes) =>
      createCompleter({ model, syntax, logger, now, sleep, context, holes }),
    startWorkspace: (logger) => startWorkspace({ workerFile: workspaceWorkerFile, grammarFolder, logger }),
    openHoles: ({ model, server }, storage, logger) =>
      server.url === ''
        ? openHoles({ modelFolder: folderOf(model), programsFolder, storage, syntax }, logger)
        : noHoles,
    createResolver: (logger) => {
      const ranker = openRanker(logger);
      return { resolver: createMergeResolver({ ranker, syntax, logger }), dispose: () => ranker.dispose() };
    },
    readInGit: readFileInGit,
    useGit,
    unmergedFiles,
    underWay: async (folder, signal) => {
      const found = await underWay(folder, signal);
      return found && underWaySentence(found);
    },
    readElsewhere: createElsewhere(ELSEWHERE_LIFE, now),
    models: {
      list: (named) => listModels(folderOf(named)),
      add: async (file, fileName, tell, signal) => {
        const adding = { file, ...(fileName === undefined ? {} : { fileName }) };
        return addModel(adding, (done, total) => tell({ done, total }), signal);
      },
    },
    examine: (model, named, signal) =>
      examine(
        {
          lacunaVersion: version,
          runtimeVersion: runtimeVersion(),
          runtimeProblem: runtimeProblem(),
          modelFolder: folderOf(named),
          goneChoice: goneChoice(namedBy(named)),
          grammarFolder,
          prompts: () => examinePrefill(folderOf(named)),
          compare: (speed) => compareModels(folderOf(named), speed),
          withModel: async (work) => {
            await model.ready();
            return work(model);
          },
        },
        signal,
      ),
    now,
    wordsFolder,
    version,
  });
}
