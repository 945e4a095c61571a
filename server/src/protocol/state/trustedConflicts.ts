// The conflicts of open documents, for which git is asked only where the workspace is trusted.

import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import type { MergeResolver } from '../../merge/index.js';
import { Conflicts } from './conflicts.js';
import { fileOf } from './fileOf.js';
import type { ServerDependencies } from './state.js';

/** @param refreshesLenses whether the client can be asked to ask for the lenses again */
export function trustedConflicts(
  connection: Connection,
  resolver: MergeResolver,
  { now, readInGit, readElsewhere }: Pick<ServerDependencies, 'now' | 'readInGit' | 'readElsewhere'>,
  isTrusted: () => boolean,
  refreshesLenses: boolean,
): Conflicts {
  return new Conflicts({
    resolver,
    now,
    readInGit: async (uri, signal) => {
      const file = fileOf(uri);
      if (file === undefined) return { kind: 'outside' };
      return isTrusted() ? readInGit(file, signal) : undefined;
    },
    changed: () => {
      if (refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    },
    readElsewhere: async (uri, signal) => {
      const file = fileOf(uri);
      return isTrusted() && file !== undefined ? readElsewhere(file, signal) : [];
    },
  });
}
