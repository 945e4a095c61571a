// What the completer may be shown of the workspace: open documents, recent edits, and files on the disk, where the user
// trusts the workspace. Nothing is read before the first question, so a user who has switched it off has nothing read.

import type { Logger } from '../../common/logger.js';
import { DEFAULT_BUDGET, isSecretFile, type ContextSource } from '../../completion/index.js';
import type { Definition, OpenFile, Workspace } from '../../workspace/index.js';
import { definitionsNear, type AskDefinitions } from './definitions.js';
import type { Documents } from './documents.js';
import { fileBehind, fileOf } from './fileOf.js';
import { RecentEdits } from './recentEdits.js';

/** Open documents that are looked at, the last opened first. */
const MOST_OPEN = 6;

export interface WorkspaceContext {
  readonly choose: ContextSource;
  readonly edits: RecentEdits;
  setFolders(uris: readonly string[]): void;
  /** The user has come to trust the workspace. */
  trust(): void;
  saved(uri: string): void;
  dispose(): Promise<void>;
}

export function createWorkspaceContext(
  documents: Documents,
  startWorkspace: (logger: Logger) => Workspace,
  logger: Logger,
  trusted: boolean,
  /** None where the client does not know the request. */
  askDefinitions: AskDefinitions | undefined,
): WorkspaceContext {
  const edits = new RecentEdits(documents);
  let isTrusted = trusted;
  let folders: readonly string[] = [];
  let workspace: Workspace | undefined;

  const opened = (): Workspace => {
    if (workspace === undefined) {
      workspace = startWorkspace(logger);
      workspace.setFolders(folders);
    }
    return workspace;
  };

  const openFiles = (uri: string): readonly OpenFile[] =>
    documents
      .uris()
      .filter((other) => other !== uri && !isSecretFile(other))
      .slice(-MOST_OPEN)
      .reverse()
      .flatMap((other) => {
        const document = documents.snapshot(other);
        if (document === undefined) return [];
        const { path, languageId, text } = document;
        return [{ file: fileBehind(other), path, languageId, text }];
      });

  const definitionsAt = async (uri: string, offset: number): Promise<readonly Definition[]> => {
    if (askDefinitions === undefined) return [];
    const found = await definitionsNear(documents, uri, offset, askDefinitions);
    return found.flatMap(({ name, uri: other, line }) => {
      const file = fileOf(other);
      return file === undefined ? [] : [{ name, file, line }];
    });
  };

  return {
    edits,
    async choose(place, { uri, offset }, previous, signal) {
      const file = fileOf(uri);
      if (!isTrusted || file === undefined) return previous.length === 0 ? previous : [];
      const edited = edits
        .elsewhere(uri)
        .map(({ uri: other, path, text }) => ({ file: fileBehind(other), path, text }));
      const definitions = await definitionsAt(uri, offset);
      if (signal.aborted) return previous;
      const question = { place, file, open: openFiles(uri), edits: edited, definitions, previous };
      return opened().choose({ ...question, budget: DEFAULT_BUDGET }, signal);
    },
    setFolders(uris) {
      folders = uris.flatMap((uri) => fileOf(uri) ?? []);
      workspace?.setFolders(folders);
    },
    trust: () => void (isTrusted = true),
    saved(uri) {
      const file = fileOf(uri);
      if (file !== undefined) workspace?.fileChanged(file);
    },
    async dispose() {
      await workspace?.dispose();
    },
  };
}
