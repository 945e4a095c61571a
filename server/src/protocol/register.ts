// Every connection.onX, on one screen.

import {
  DidChangeConfigurationNotification,
  ResponseError,
  ErrorCodes,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import type { Documents } from './documents.js';
import { handle } from './handle.js';
import { inlineCompletion } from './inlineCompletion.js';
import {
  acceptedNotification,
  cursorNotification,
  doctorRequest,
  explainRequest,
  pausedNotification,
  type AcceptedParams,
  type CursorParams,
  type DoctorReport,
  type Explanation,
  type PausedParams,
} from './messages.js';
import type { ServerState } from './server.js';
import { completionSettings } from './settings.js';

export interface Hello {
  readonly state: ServerState;
  readonly result: InitializeResult;
}

export function registerHandlers(
  connection: Connection,
  logger: Logger,
  now: () => number,
  documents: Documents,
  hello: (params: InitializeParams) => Hello,
): void {
  let state: ServerState | undefined;
  /** Resolves when the settings are read and the model is on its way; before that there is nothing to ask. */
  let started: Promise<void> | undefined;
  const ready = async (): Promise<ServerState> => {
    if (state === undefined)
      throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server was not initialised.');
    await (started ??= state.followSettings());
    return state;
  };
  const whenReady = (work: (state: ServerState) => Promise<void> | void): void => {
    void ready()
      .then(work)
      .catch((error: unknown) =>
        logger.error(`A notification failed: ${error instanceof Error ? error.message : String(error)}`),
      );
  };
  const folders = new Set<string>();

  /** What the client can be asked for; a request that it does not know would be an error in its log. */
  let capabilities: InitializeParams['capabilities']['workspace'];

  connection.onInitialize((params) => {
    const made = hello(params);
    state = made.state;
    capabilities = params.capabilities.workspace;
    for (const { uri } of params.workspaceFolders ?? []) folders.add(uri);
    if (folders.size === 0 && typeof params.rootUri === 'string') folders.add(params.rootUri);
    documents.setFolders([...folders]);
    return made.result;
  });
  connection.onInitialized(() => {
    whenReady(() => undefined);
    if (capabilities?.didChangeConfiguration?.dynamicRegistration === true) {
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'lacuna' })
        .catch(() => logger.debug('The client does not register for changes of settings.'));
    }
    if (capabilities?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of added) folders.add(uri);
      for (const { uri } of removed) folders.delete(uri);
      documents.setFolders([...folders]);
    });
  });
  connection.onShutdown(() => state?.dispose());

  connection.onDidChangeConfiguration(({ settings }) => {
    state?.settings.changed(settings);
    whenReady((current) => current.followSettings());
  });
  documents.onChange((uri, change) => whenReady(({ completer }) => completer.changed(uri, change)));
  documents.onClose((uri) =>
    whenReady(({ completer, settings }) => {
      completer.closed(uri);
      settings.forget(uri);
    }),
  );

  connection.languages.inlineCompletion.on(
    handle({ method: 'inlineCompletion', logger, now, empty: [] }, async (params, signal) =>
      inlineCompletion(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    doctorRequest,
    handle(
      { method: 'doctor', logger, now, empty: { lines: [] } },
      async (_params: unknown, signal): Promise<DoctorReport> => {
        const { model, modelPath, examine } = await ready();
        return examine(model, modelPath, signal);
      },
    ),
  );
  connection.onRequest(
    explainRequest,
    handle({ method: 'explain', logger, now, empty: null }, async (): Promise<Explanation | null> => {
      return (await ready()).explanation ?? null;
    }),
  );
  connection.onNotification(pausedNotification, ({ paused }: PausedParams) => {
    state?.setPaused(paused);
  });
  connection.onNotification(cursorNotification, (params: CursorParams) => {
    whenReady((current) => prepare(current, 'prepare', params));
  });
  connection.onNotification(acceptedNotification, (params: AcceptedParams) => {
    whenReady((current) => prepare(current, 'accepted', params));
  });
}

/** Lets the completer work ahead at a place of an open document. */
async function prepare(
  state: ServerState,
  what: 'prepare' | 'accepted',
  { textDocument, position }: CursorParams,
): Promise<void> {
  if (state.work.isPaused) return;
  const settings = await state.settings.of(textDocument.uri);
  const document = state.documents.textDocument(textDocument.uri);
  const snapshot = state.documents.snapshot(textDocument.uri);
  if (document === undefined || snapshot === undefined || state.work.isPaused) return;
  state.completer[what](snapshot, document.offsetAt(position), completionSettings(settings, snapshot.languageId));
}
