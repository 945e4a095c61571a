// Tells the server where the cursor rests, so that the prompt of that place is prepared before the first key. Typing is
// left out: each key asks for a suggestion anyway.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { cursorNotification, type CursorParams } from '../../../server/src/protocol/messages.js';
import { tell } from '../server/languageClient.js';
import type { Pause } from '../status/pause.js';

/** Milliseconds without movement. */
const restMs = 150;

/** A move of the cursor so soon after an edit, in milliseconds, is part of the edit. */
const sameEditMs = 50;

export function forwardCursor(client: LanguageClient, pause: Pause): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let editedAt = -Infinity;

  const moved = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(timer);
    if (editor === undefined || editor !== vscode.window.activeTextEditor) return;
    if (performance.now() - editedAt > sameEditMs) timer = setTimeout(() => rested(editor), restMs);
  };
  const rested = (editor: vscode.TextEditor): void => {
    if (editor !== vscode.window.activeTextEditor || !editor.selection.isEmpty) return;
    if (pause.gate(editor.document).kind !== 'open') return;
    const { line, character } = editor.selection.active;
    const params: CursorParams = {
      textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
      position: { line, character },
    };
    tell(client, cursorNotification, params);
  };

  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => moved(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(moved),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      // The editor may tell of the change before the move or after it.
      editedAt = performance.now();
      clearTimeout(timer);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
