// The ranker of merges: the trained one, or, where its folder cannot be used, the one that has learned nothing, with a
// warning that says why. The folder is read when a conflict is first ranked.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../common/logger.js';
import { createPriorRanker, createTrainedRanker, parseRankerDescription, type Ranker } from '../merge/index.js';
import { smallGraphsHere, type SmallGraphs, startSmallGraphs } from '../model/index.js';
import { findInstallation, type Installation } from './installation.js';

export interface OwnedRanker extends Ranker {
  dispose(): Promise<void>;
}

export function openRanker(
  logger: Logger,
  {
    mergeModelFolder,
    graphWorkerFile,
  }: Pick<Installation, 'mergeModelFolder' | 'graphWorkerFile'> = findInstallation(),
): OwnedRanker {
  const graphs = startSmallGraphs({ folder: mergeModelFolder, workerFile: graphWorkerFile });
  return rankerWith(logger, mergeModelFolder, graphs);
}

/** For a command that answers nobody while it computes: without a thread, which takes time to start. */
export function openRankerHere(logger: Logger, folder: string): OwnedRanker {
  return rankerWith(logger, folder, smallGraphsHere(folder));
}

function rankerWith(logger: Logger, folder: string, graphs: SmallGraphs): OwnedRanker {
  let opened: Promise<Ranker> | undefined;
  const open = async (): Promise<Ranker> => {
    const path = join(folder, 'model.json');
    try {
      const description = parseRankerDescription(JSON.parse(await readFile(path, 'utf8')));
      return createTrainedRanker(description, (file, feeds) => graphs.run(file, feeds));
    } catch (error) {
      const cause = error instanceof SyntaxError ? `${path} is not valid JSON.` : (error as Error).message;
      logger.warn(`Merges are ranked without what was learned: ${cause}`);
      return createPriorRanker();
    }
  };
  return {
    rank: async (problem, signal) => (await (opened ??= open())).rank(problem, signal),
    dispose: () => graphs.dispose(),
  };
}
