// The conflicts of open documents, for which git is asked only where the workspace is trusted.

import type { MergeResolver } from '../../merge/index.js';
import { Conflicts } from './conflicts.js';
import { fileOf } from './fileOf.js';
import type { ServerDependencies } from './state.js';

/** @param changed told where what git knows of a conflict has changed */
export function trustedConflicts(
  resolver: MergeResolver,
  { now, readInGit, readElsewhere }: Pick<ServerDependencies, 'now' | 'readInGit' | 'readElsewhere'>,
  isTrusted: () => boolean,
  changed: () => void,
): Conflicts {
  return new Conflicts({
    resolver,
    now,
    readInGit: async (uri, signal) => {
      const file = fileOf(uri);
      if (file === undefined) return { kind: 'outside' };
      return isTrusted() ? readInGit(file, signal) : undefined;
    },
    changed,
    readElsewhere: async (uri, signal) => {
      const file = fileOf(uri);
      return isTrusted() && file !== undefined ? readElsewhere(file, signal) : [];
    },
  });
}
