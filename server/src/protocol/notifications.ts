// What a client tells without waiting for an answer: changes of documents, files and settings, where the cursor rests,
// what was accepted, and what our own client knows of the user's wishes.

import type { Connection } from 'vscode-languageserver';
import {
  acceptedNotification,
  cursorNotification,
  ownThresholdNotification,
  pausedNotification,
  trustedNotification,
  type AcceptedParams,
  type CursorParams,
  type OwnThresholdParams,
  type PausedParams,
} from './messages.js';
import type { Session } from './session.js';
import type { Documents } from './state/documents.js';
import { completionSettings } from './state/settings.js';
import type { ServerState } from './state/state.js';

export function registerNotifications(connection: Connection, documents: Documents, session: Session): void {
  followDocuments(connection, documents, session);
  const { whenReady } = session;
  connection.onDidChangeConfiguration((changed: { settings?: unknown } | undefined) => {
    session.state?.settings.changed(changed?.settings);
    whenReady((current) => current.followSettings());
    // Whether there are lenses, and how sure the best must be, stands in the settings.
    session.refreshLenses();
  });
  connection.onNotification(trustedNotification, () => session.state?.trust());
  connection.onNotification(pausedNotification, (params: PausedParams | null | undefined) => {
    session.state?.setPaused(params?.paused === true);
  });
  connection.onNotification(ownThresholdNotification, (params: OwnThresholdParams | null | undefined) => {
    if (session.state !== undefined) session.state.ownThreshold = params?.probability;
  });
  connection.onNotification(cursorNotification, (params: CursorParams) => {
    whenReady((current) => prepare(current, 'prepare', params));
  });
  connection.onNotification(acceptedNotification, (params: AcceptedParams) => {
    whenReady((current) => prepare(current, 'accepted', params));
  });
}

function followDocuments(connection: Connection, documents: Documents, { whenReady }: Session): void {
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
