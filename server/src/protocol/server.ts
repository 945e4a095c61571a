// The server's state, made when the client says hello, and its life: model, settings, pause, end.

import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  CodeActionKind,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import type { Completer, ContextSource, HoleKnowledge } from '../completion/index.js';
import type { ConflictTexts, MergeResolver } from '../merge/index.js';
import type { LanguageModel } from '../model/index.js';
import type { Workspace } from '../workspace/index.js';
import { Conflicts } from './conflicts.js';
import { openDocuments, type Documents } from './documents.js';
import {
  definitionsRequest,
  type DefinitionsResult,
  type DoctorReport,
  type Explanation,
  type InitializationOptions,
} from './messages.js';
import { registerHandlers } from './register.js';
import { SettingsStore, type Settings } from './settings.js';
import { createStatusReporter, type StatusReporter } from './status.js';
import { createWork, type Work } from './work.js';
import { createWorkspaceContext, type WorkspaceContext } from './workspaceContext.js';

/** What the server is made of; given by the composition root, or by a test. */
export interface ServerDependencies {
  /** The model that the settings name: the built-in one, one of a folder, or one behind a server. */
  readonly startModel: (settings: ModelSettings, logger: Logger) => LanguageModel;
  readonly createCompleter: (
    model: LanguageModel,
    logger: Logger,
    context: ContextSource,
    holes: Holes['knowledge'],
  ) => Completer;
  /** Reading begins when it is given folders. */
  readonly startWorkspace: (logger: Logger) => Workspace;
  /**
   * What holes are chosen by, for the model that the settings name.
   * @param storage a folder where what is measured on the user's own repository is kept
   */
  readonly openHoles: (settings: ModelSettings, storage: string | undefined, logger: Logger) => Holes;
  /** `dispose` ends what the resolver keeps running. */
  readonly createResolver: (logger: Logger) => { readonly resolver: MergeResolver; dispose(): Promise<void> };
  /** What git knows of a file in conflict, and which files are: absolute paths. */
  readonly readIndexBase: (file: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly unmergedFiles: (folder: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** The conflicts of the other files of a file's merge. */
  readonly readElsewhere: (file: string, signal: AbortSignal) => Promise<readonly ConflictTexts[]>;
  readonly examine: (model: LanguageModel, modelPath: string, signal: AbortSignal) => Promise<DoctorReport>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly version: string;
}

export interface Holes {
  /** Undefined until it is read, or where the model has none. */
  knowledge(): HoleKnowledge | undefined;
  /**
   * Measures holes on what a repository's commits added, keeps that, and uses it from then on.
   * @returns what came of it, in words
   * @throws Error with one sentence; AbortError
   */
  calibrate(
    model: LanguageModel,
    folder: string,
    tell: (progress: { readonly done: number; readonly total: number }) => void,
    signal: AbortSignal,
  ): Promise<string>;
}

/** What of the settings chooses the model. */
export type ModelSettings = Pick<Settings, 'model' | 'threads' | 'server'>;

export interface ServerState {
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly status: StatusReporter;
  readonly logger: Logger;
  readonly now: () => number;
  readonly isLacunaClient: boolean;
  /** Whether the client takes edits that name the version that they are for. */
  readonly namesVersions: boolean;
  readonly conflicts: Conflicts;
  /** None where the workspace is not trusted. */
  readonly unmergedFiles: ServerDependencies['unmergedFiles'];
  readonly model: LanguageModel;
  readonly completer: Completer;
  readonly holes: Holes;
  readonly modelPath: string;
  readonly examine: ServerDependencies['examine'];
  readonly work: Work;
  readonly workspace: WorkspaceContext;
  /** How the last suggestion came about; text of the user's, so it is never logged. */
  explanation: Explanation | undefined;
  /** The user's own threshold; see ownThresholdNotification. */
  ownThreshold: number | undefined;
  /** Ends all work until told otherwise, what is computed ahead included. */
  setPaused(isPaused: boolean): void;
  /** Lets git be asked and files be read; see InitializationOptions. */
  trust(): void;
  isTrusted(): boolean;
  /** Starts the model anew when the settings name another one, another server, or another number of threads. */
  followSettings(): Promise<void>;
  dispose(): Promise<void>;
}

/** Wires a connection; it answers as soon as it listens. */
export function startServer(connection: Connection, dependencies: ServerDependencies): void {
  const logger = connectionLogger(connection);
  const documents = openDocuments(connection);
  registerHandlers(connection, logger, dependencies.now, documents, (params) => ({
    state: createState(connection, logger, documents, dependencies, params),
    result: answerInitialize(dependencies.version),
  }));
  connection.listen();
}

function answerInitialize(version: string): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      inlineCompletionProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      codeLensProvider: { resolveProvider: true },
      hoverProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: 'lacuna', version },
  };
}

function createState(
  connection: Connection,
  logger: Logger,
  documents: Documents,
  dependencies: ServerDependencies,
  params: InitializeParams,
): ServerState {
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const isLacunaClient = options.lacunaClient === true;
  const canAsk = params.capabilities.workspace?.configuration === true;
  const settings = new SettingsStore(connection, logger, canAsk, options.settings);
  const status = createStatusReporter((method, message) => {
    if (isLacunaClient) void connection.sendNotification(method, message);
  });

  const merge = dependencies.createResolver(logger);
  const work = createWork();
  if (options.paused === true) work.pause();

  let current: { model: LanguageModel; completer: Completer; holes: Holes; settings: ModelSettings } | undefined;
  let toldFailure = '';
  let isTrusted = options.trusted !== false;
  const workspace = createWorkspaceContext(
    documents,
    dependencies.startWorkspace,
    logger,
    isTrusted,
    isLacunaClient ? (asked) => connection.sendRequest<DefinitionsResult>(definitionsRequest, asked) : undefined,
  );
  const start = (chosen: ModelSettings): void => {
    const model = dependencies.startModel(chosen, logger);
    model.onStateChange((state) => {
      status.model(state);
      if (state.kind !== 'failed' || state.reason === toldFailure) return;
      toldFailure = state.reason;
      logger.error(state.reason);
      // Our own client shows the sentence itself, with what can be done about it.
      if (isLacunaClient) return;
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Error,
        message: `Lacuna: ${state.reason}`,
      });
    });
    const holes = dependencies.openHoles(chosen, options.storage, logger);
    const completer = dependencies.createCompleter(model, logger, workspace.choose, () => holes.knowledge());
    current = { model, completer, holes, settings: chosen };
    status.model(model.state);
  };
  const loaded = (): NonNullable<typeof current> => {
    if (current === undefined) throw new Error('The settings have not been read yet.');
    return current;
  };

  return {
    documents,
    settings,
    status,
    logger,
    now: dependencies.now,
    examine: dependencies.examine,
    isLacunaClient,
    namesVersions: params.capabilities.workspace?.workspaceEdit?.documentChanges === true,
    conflicts: new Conflicts({
      resolver: merge.resolver,
      now: dependencies.now,
      readBase: async (uri, signal) =>
        isTrusted && uri.startsWith('file:') ? dependencies.readIndexBase(fileURLToPath(uri), signal) : undefined,
      readElsewhere: async (uri, signal) =>
        isTrusted && uri.startsWith('file:') ? dependencies.readElsewhere(fileURLToPath(uri), signal) : [],
    }),
    unmergedFiles: async (folder, signal) => (isTrusted ? dependencies.unmergedFiles(folder, signal) : []),
    trust() {
      isTrusted = true;
      workspace.trust();
    },
    workspace,
    isTrusted: () => isTrusted,
    work,
    explanation: undefined,
    ownThreshold: undefined,
    get model() {
      return loaded().model;
    },
    get completer() {
      return loaded().completer;
    },
    get holes() {
      return loaded().holes;
    },
    get modelPath() {
      return loaded().settings.model.path;
    },
    setPaused(isPaused) {
      if (!isPaused) return work.resume();
      work.pause();
      for (const uri of documents.uris()) current?.completer.closed(uri);
    },
    async followSettings() {
      const { model, threads, server } = await settings.of();
      const wanted = { model, threads, server };
      if (isDeepStrictEqual(current?.settings, wanted)) return;
      const old = current;
      start(wanted);
      await old?.model.dispose();
    },
    async dispose() {
      await Promise.all([current?.model.dispose(), merge.dispose(), workspace.dispose()]);
    },
  };
}

/** Log lines go to the client; its log decides by level which are shown. Source text is never among them. */
function connectionLogger(connection: Connection): Logger {
  return {
    trace: () => undefined,
    debug: (message) => connection.console.debug(message),
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    error: (message) => connection.console.error(message),
  };
}
