// A client's session from its hello to its end: the state is made at the beginning, and asked for only when the settings
// are read. What a client can do decides what it is asked to tell us.

import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  ResponseError,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import { messageOf } from '../common/messageOf.js';
import { helloOf } from './helloOf.js';
import type { Documents } from './state/documents.js';
import { refreshLenses } from './state/refreshLenses.js';
import type { ServerState } from './state/state.js';

export interface Hello {
  readonly state: ServerState;
  readonly result: InitializeResult;
}

export interface Session {
  readonly logger: Logger;
  /** Undefined until the client has said hello. */
  readonly state: ServerState | undefined;
  /** Resolves when the settings are read and the model is on its way; before that there is nothing to ask. */
  readonly ready: () => Promise<ServerState>;
  /** Does what a notification is for; what goes wrong is logged. */
  readonly whenReady: (work: (state: ServerState) => Promise<void> | void) => void;
  /** Asks the editor to ask for the lenses again, where it can. */
  readonly refreshLenses: () => void;
}

type WorkspaceCapabilities = InitializeParams['capabilities']['workspace'];

/** @param hello makes the state when the client introduces itself */
export function beginSession(
  connection: Connection,
  logger: Logger,
  documents: Documents,
  hello: (params: InitializeParams) => Hello,
): Session {
  let state: ServerState | undefined;
  let started: Promise<void> | undefined;
  /** What the client can be asked for; a request that it does not know would be an error in its log. */
  let capabilities: WorkspaceCapabilities;
  const ready = async (): Promise<ServerState> => {
    if (state === undefined)
      throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server was not initialised.');
    await (started ??= state.followSettings());
    return state;
  };
  const whenReady: Session['whenReady'] = (work) => {
    void ready()
      .then(work)
      .catch((error: unknown) => logger.error(`A notification failed: ${messageOf(error)}`));
  };
  const folders = new Set<string>();
  const followFolders = (): void => {
    documents.setFolders([...folders]);
    state?.workspace.setFolders([...folders]);
  };

  connection.onInitialize((said) => {
    // A second state would never be asked for, and its model would stand beside the first one's.
    if (state !== undefined) throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialised before.');
    const params = helloOf(said);
    const made = hello(params);
    state = made.state;
    capabilities = params.capabilities.workspace;
    for (const { uri } of params.workspaceFolders ?? []) folders.add(uri);
    if (folders.size === 0 && typeof params.rootUri === 'string') folders.add(params.rootUri);
    followFolders();
    return made.result;
  });
  connection.onInitialized(() => {
    whenReady(() => undefined);
    askForChanges(connection, logger, capabilities);
    if (capabilities?.workspaceFolders !== true) return;
    // Typed as what a client should send; what one does send is not for us to stumble over.
    connection.workspace.onDidChangeWorkspaceFolders((event: Partial<WorkspaceFoldersChangeEvent> | undefined) => {
      for (const { uri } of event?.added ?? []) folders.add(uri);
      for (const { uri } of event?.removed ?? []) folders.delete(uri);
      followFolders();
    });
  });
  connection.onShutdown(() => state?.dispose());

  return {
    logger,
    get state() {
      return state;
    },
    ready,
    whenReady,
    refreshLenses: () => refreshLenses(connection, capabilities),
  };
}

/** Registers for changes of settings and files, with clients that tell of them only then. */
function askForChanges(connection: Connection, logger: Logger, capabilities: WorkspaceCapabilities): void {
  if (capabilities?.didChangeConfiguration?.dynamicRegistration === true) {
    connection.client
      .register(DidChangeConfigurationNotification.type, { section: 'lacuna' })
      .catch(() => logger.debug('The client does not register for changes of settings.'));
  }
  if (capabilities?.didChangeWatchedFiles?.dynamicRegistration === true) {
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] })
      .catch(() => logger.debug('The client does not watch files.'));
  }
}
