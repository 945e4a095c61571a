// Every connection.onX, on one screen.

import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ResponseError,
  ErrorCodes,
  CodeLensRefreshRequest,
  type CodeLens,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import { messageOf } from '../common/messageOf.js';
import { calibrate } from './requests/calibrate.js';
import { certainResolutions } from './requests/certainResolutions.js';
import { codeAction } from './requests/codeAction.js';
import { codeLens, resolveCodeLens } from './requests/codeLens.js';
import { conflictList } from './requests/conflictList.js';
import type { Documents } from './state/documents.js';
import { fillings } from './requests/fillings.js';
import { handle } from './handle.js';
import { hover } from './requests/hover.js';
import { inlineCompletion } from './requests/inlineCompletion.js';
import {
  acceptedNotification,
  calibrateProgress,
  calibrateRequest,
  certainResolutionsRequest,
  conflictsRequest,
  cursorNotification,
  doctorRequest,
  explainRequest,
  fillingsRequest,
  ownThresholdNotification,
  pausedNotification,
  resolutionsRequest,
  trustedNotification,
  unmergedRequest,
  type AcceptedParams,
  type CalibrateParams,
  type CalibrateResult,
  type CertainParams,
  type CertainResult,
  type ConflictListResult,
  type CursorParams,
  type DoctorReport,
  type Explanation,
  type DocumentParams,
  type FillingsParams,
  type FillingsResult,
  type OwnThresholdParams,
  type PausedParams,
  type PlaceParams,
  type ResolutionsResult,
  type UnmergedParams,
  type UnmergedResult,
} from './messages.js';
import { resolutions } from './requests/resolutions.js';
import type { ServerState } from './state/state.js';
import { completionSettings } from './state/settings.js';
import { unmerged } from './requests/unmerged.js';

const failed = { kind: 'none', sentence: 'Lacuna could not answer; its log says more.' } as const;

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
      .catch((error: unknown) => logger.error(`A notification failed: ${messageOf(error)}`));
  };
  const folders = new Set<string>();
  const followFolders = (): void => {
    documents.setFolders([...folders]);
    state?.workspace.setFolders([...folders]);
  };

  /** What the client can be asked for; a request that it does not know would be an error in its log. */
  let capabilities: InitializeParams['capabilities']['workspace'];

  connection.onInitialize((params) => {
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
    if (capabilities?.workspaceFolders !== true) return;
    // Typed as what a client should send; what one does send is not for us to stumble over.
    connection.workspace.onDidChangeWorkspaceFolders((event: Partial<WorkspaceFoldersChangeEvent> | undefined) => {
      for (const { uri } of event?.added ?? []) folders.add(uri);
      for (const { uri } of event?.removed ?? []) folders.delete(uri);
      followFolders();
    });
  });
  connection.onShutdown(() => state?.dispose());

  connection.onDidChangeConfiguration(({ settings }) => {
    state?.settings.changed(settings);
    whenReady((current) => current.followSettings());
    // Whether there are lenses, and how sure the best must be, stands in the settings.
    if (capabilities?.codeLens?.refreshSupport === true) {
      connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    }
  });
  documents.onChange((uri, change) =>
    whenReady(({ completer, workspace }) => {
      completer.changed(uri, change);
      workspace.edits.edited(uri, change.offset, change.insertedLength - change.removedLength);
    }),
  );
  documents.onSave((uri) => whenReady(({ workspace }) => workspace.saved(uri)));
  connection.onDidChangeWatchedFiles(({ changes }) =>
    whenReady(({ conflicts, workspace }) => {
      if (changes.some(({ uri }) => uri.endsWith('/.git/index'))) conflicts.gitChanged();
      for (const { uri } of changes) workspace.saved(uri);
    }),
  );
  documents.onClose((uri) =>
    whenReady(({ completer, conflicts, settings, workspace }) => {
      completer.closed(uri);
      workspace.edits.closed(uri);
      conflicts.forget(uri);
      settings.forget(uri);
    }),
  );

  connection.languages.inlineCompletion.on(
    handle({ method: 'inlineCompletion', logger, now, empty: [] }, async (params, signal) =>
      inlineCompletion(await ready(), params, signal),
    ),
  );
  connection.onCodeAction(
    handle({ method: 'codeAction', logger, now, empty: [] }, async (params, signal) =>
      codeAction(await ready(), params, signal),
    ),
  );
  connection.onCodeLens(
    handle({ method: 'codeLens', logger, now, empty: [] }, async (params) => codeLens(await ready(), params)),
  );
  connection.onCodeLensResolve((lens, token) =>
    handle({ method: 'codeLens/resolve', logger, now, empty: lens }, async (params: CodeLens, signal) =>
      resolveCodeLens(await ready(), params, signal),
    )(lens, token),
  );
  connection.onHover(
    handle({ method: 'hover', logger, now, empty: null }, async (params, signal) =>
      hover(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    conflictsRequest,
    handle(
      { method: 'conflicts', logger, now, empty: { conflicts: [], broken: [] } },
      async (params: DocumentParams): Promise<ConflictListResult> => conflictList(await ready(), params),
    ),
  );
  connection.onRequest(
    resolutionsRequest,
    handle(
      { method: 'resolutions', logger, now, empty: failed },
      async (params: PlaceParams, signal): Promise<ResolutionsResult> => resolutions(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    certainResolutionsRequest,
    handle(
      { method: 'certainResolutions', logger, now, empty: failed },
      async (params: CertainParams, signal): Promise<CertainResult> =>
        certainResolutions(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    unmergedRequest,
    handle(
      { method: 'unmerged', logger, now, empty: { uris: [] } },
      async (params: UnmergedParams, signal): Promise<UnmergedResult> => unmerged(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    fillingsRequest,
    handle(
      { method: 'fillings', logger, now, empty: { fillings: [] } },
      async (params: FillingsParams, signal): Promise<FillingsResult> => fillings(await ready(), params, signal),
    ),
  );
  connection.onRequest(
    calibrateRequest,
    handle(
      { method: 'calibrate', logger, now, empty: failed },
      async (params: CalibrateParams, signal): Promise<CalibrateResult> =>
        calibrate(
          await ready(),
          params,
          (progress) => void connection.sendNotification(calibrateProgress, progress),
          signal,
        ),
    ),
  );
  connection.onNotification(trustedNotification, () => state?.trust());
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
  connection.onNotification(pausedNotification, (params: PausedParams | null | undefined) => {
    state?.setPaused(params?.paused === true);
  });
  connection.onNotification(ownThresholdNotification, (params: OwnThresholdParams | null | undefined) => {
    if (state !== undefined) state.ownThreshold = params?.probability;
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
  await state.completer[what](
    snapshot,
    document.offsetAt(position),
    completionSettings(settings, snapshot.languageId, state.ownThreshold),
  );
}
