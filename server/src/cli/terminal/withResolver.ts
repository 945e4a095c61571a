// A resolver of conflicts for the time of one command.

import type { Logger } from '../../common/logger.js';
import { createMergeResolver, type MergeResolver } from '../../merge/index.js';
import { createSyntax } from '../../syntax/index.js';
import { findInstallation } from '../../setup/installation.js';
import { openRankerHere } from '../../setup/openRanker.js';

/**
 * @param rankerFolder the folder of another ranker than the one that ships
 * @param certainOnly whether answers count only where one is certain, which spares opening the ranker for most conflicts
 */
export async function withResolver<T>(
  logger: Logger,
  rankerFolder: string | undefined,
  work: (resolver: MergeResolver) => Promise<T>,
  { certainOnly = false } = {},
): Promise<T> {
  const { grammarFolder, mergeModelFolder } = findInstallation();
  const syntax = createSyntax({ grammarFolder });
  const ranker = openRankerHere(logger, rankerFolder ?? mergeModelFolder);
  try {
    return await work(createMergeResolver({ ranker, syntax, logger, certainOnly }));
  } finally {
    await ranker.dispose();
    syntax.dispose();
  }
}
