// The server's state, made when the client says hello: what the client can do, what it lets the server do, and the model
// that the settings name, which is replaced when they name another.

import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Logger } from '../../common/logger.js';
import { definitionsRequest, type DefinitionsResult, type InitializationOptions } from '../messages.js';
import type { Documents } from './documents.js';
import { createModelReport } from './modelReport.js';
import { followModel } from './runningModel.js';
import { refreshLenses } from './refreshLenses.js';
import { SettingsStore } from './settings.js';
import type { ServerDependencies, ServerState } from './state.js';
import { snippetFormOf } from './snippet.js';
import { createStatusReporter } from './status.js';
import { trustedConflicts } from './trustedConflicts.js';
import { createWork } from './work.js';
import { createWorkspaceContext } from './workspaceContext.js';
import { sayIn } from './language.js';
import { languageIdNamed } from './languageNames.js';

export function createState(
  connection: Connection,
  logger: Logger,
  documents: Documents,
  dependencies: ServerDependencies,
  { capabilities, clientInfo, initializationOptions, locale }: InitializeParams,
): ServerState {
  const options = (initializationOptions ?? {}) as InitializationOptions;
  const isLacunaClient = options.lacunaClient === true;
  if (!isLacunaClient) documents.setLanguageNames(languageIdNamed);
  const say = sayIn(locale, dependencies.wordsFolder, logger);
  const notify = (method: string, params: object): void => void connection.sendNotification(method, params);
  const settings = new SettingsStore(
    connection,
    logger,
    capabilities.workspace?.configuration === true,
    options.settings,
  );
  const status = createStatusReporter((method, message) => {
    if (isLacunaClient) notify(method, message);
  }, say);
  const work = createWork();
  if (options.paused === true) work.pause();

  let isTrusted = options.trusted !== false;
  const workspace = createWorkspaceContext(
    documents,
    dependencies.startWorkspace,
    logger,
    isTrusted,
    isLacunaClient ? (asked) => connection.sendRequest<DefinitionsResult>(definitionsRequest, asked) : undefined,
  );
  if (options.gitPath !== undefined) dependencies.useGit?.(options.gitPath);
  const merge = dependencies.createResolver(logger);
  const conflicts = trustedConflicts(
    merge.resolver,
    dependencies,
    () => isTrusted,
    () => refreshLenses(connection, capabilities.workspace),
  );

  const model = followModel(settings, dependencies, {
    logger,
    context: workspace.choose,
    storage: options.storage,
    // Our own client shows a failure itself, with what can be done about it.
    tell: createModelReport(status, logger, say, isLacunaClient ? undefined : notify),
  });
  return {
    documents,
    settings,
    status,
    logger,
    now: dependencies.now,
    examine: dependencies.examine,
    isLacunaClient,
    snippetForm: isLacunaClient ? 'standard' : snippetFormOf(capabilities, clientInfo),
    say,
    notify,
    namesVersions: capabilities.workspace?.workspaceEdit?.documentChanges === true,
    conflicts,
    unmergedFiles: async (folder, signal) => (isTrusted ? dependencies.unmergedFiles(folder, signal) : []),
    underWay: async (folder, signal) => (isTrusted ? dependencies.underWay(folder, signal) : undefined),
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
      return model.running.model;
    },
    get completer() {
      return model.running.completer;
    },
    get holes() {
      return model.running.holes;
    },
    models: dependencies.models,
    get modelSettings() {
      return model.running.settings.model;
    },
    setPaused(isPaused) {
      if (!isPaused) return work.resume();
      work.pause();
      model.forget(documents.uris());
    },
    followSettings: () => model.follow(),
    async dispose() {
      await Promise.all([model.dispose(), merge.dispose(), workspace.dispose()]);
    },
  };
}
