// The server's state, made when the client says hello, and its life: model, settings, pause, end.

import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import type { Completer } from '../completion/index.js';
import type { LanguageModel } from '../model/index.js';
import { Conflicts } from './state/conflicts.js';
import { openDocuments, type Documents } from './state/documents.js';
import { definitionsRequest, type DefinitionsResult, type InitializationOptions } from './messages.js';
import { registerHandlers } from './register.js';
import { SettingsStore } from './state/settings.js';
import type { Holes, ModelSettings, ServerDependencies, ServerState } from './state/state.js';
import { createStatusReporter } from './state/status.js';
import { createWork } from './state/work.js';
import { createWorkspaceContext } from './state/workspaceContext.js';

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

  if (options.gitPath !== undefined) dependencies.useGit?.(options.gitPath);
  const conflicts = new Conflicts({
    resolver: merge.resolver,
    now: dependencies.now,
    readInGit: async (uri, signal) => {
      if (!uri.startsWith('file:')) return { kind: 'outside' };
      return isTrusted ? dependencies.readInGit(fileURLToPath(uri), signal) : undefined;
    },
    changed: () => {
      if (params.capabilities.workspace?.codeLens?.refreshSupport !== true) return;
      connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    },
    readElsewhere: async (uri, signal) =>
      isTrusted && uri.startsWith('file:') ? dependencies.readElsewhere(fileURLToPath(uri), signal) : [],
  });
  return {
    documents,
    settings,
    status,
    logger,
    now: dependencies.now,
    examine: dependencies.examine,
    isLacunaClient,
    namesVersions: params.capabilities.workspace?.workspaceEdit?.documentChanges === true,
    conflicts,
    unmergedFiles: async (folder, signal) => (isTrusted ? dependencies.unmergedFiles(folder, signal) : []),
    trust() {
      isTrusted = true;
      workspace.trust();
      conflicts.gitChanged();
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
