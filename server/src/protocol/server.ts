// The language server on a connection: what it offers, and its parts put together.

import {
  CodeActionKind,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { Logger } from '../common/logger.js';
import { registerNotifications } from './notifications.js';
import { registerRequests } from './register.js';
import { triggerCharacters, wantsList } from './requests/completion.js';
import { beginSession } from './session.js';
import { createState } from './state/createState.js';
import { openDocuments } from './state/documents.js';
import type { ServerDependencies } from './state/state.js';

/** Wires a connection; it answers as soon as it listens. */
export function startServer(connection: Connection, dependencies: ServerDependencies): void {
  const logger = connectionLogger(connection);
  const documents = openDocuments(connection);
  const session = beginSession(connection, logger, documents, (params) => ({
    state: createState(connection, logger, documents, dependencies, params),
    result: answerInitialize(dependencies.version, params),
  }));
  registerNotifications(connection, documents, session);
  registerRequests(connection, session, dependencies.now);
  connection.listen();
}

function answerInitialize(version: string, { capabilities }: InitializeParams): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      inlineCompletionProvider: true,
      ...(wantsList(capabilities) ? { completionProvider: { triggerCharacters: [...triggerCharacters] } } : {}),
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      codeLensProvider: { resolveProvider: true },
      hoverProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: 'lacuna', version },
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
