// Small graphs without a thread of their own, for a program that ends with its work and has nobody to answer meanwhile: a
// thread costs as much to start as a conflict to answer. The runtime is loaded with the first run.

import type { GraphFolder } from './graphFolder.js';
import type { SmallGraphs } from './smallGraphs.js';

export function smallGraphsHere(folder: string): SmallGraphs {
  let opened: Promise<GraphFolder> | undefined;
  const open = async (): Promise<GraphFolder> => (await import('./graphFolder.js')).openGraphFolder(folder);
  return {
    run: async (file, feeds) => (await (opened ??= open())).run(file, feeds),
    async dispose() {
      await (await opened)?.release();
    },
  };
}
