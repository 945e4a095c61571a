// Tells the server where the cursor rests, so that the prompt of that place is prepared before the first key. Typing is
// left out: each key asks for a suggestion anyway.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { cursorNotification, type CursorParams } from '../../server/src/protocol/messages.js';
import { tell } from './languageClient.js';
import type { Pause } from './pause.js';
import { isCovered } from './selector.js';

/** Milliseconds without movement. */
const restMs = 150;

export function forwardCursor(client: LanguageClient, pause: Pause): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  /** The document's version when its selection last moved: another version means that the move came from an edit. */
  let seen: { readonly uri: string; readonly version: number } | undefined;

  const moved = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(timer);
    if (editor === undefined || editor !== vscode.window.activeTextEditor) return;
    const { document } = editor;
    const uri = document.uri.toString();
    const isEdit = seen?.uri === uri && seen.version !== document.version;
    seen = { uri, version: document.version };
    if (!isEdit && isCovered(document)) timer = setTimeout(() => rested(editor), restMs);
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
      if (document === vscode.window.activeTextEditor?.document) clearTimeout(timer);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
