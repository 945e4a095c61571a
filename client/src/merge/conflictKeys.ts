// What menus, keys and the list of commands know of conflicts, so that none offers what it cannot do: `lacuna.hasConflicts`
// for the active document, `lacuna.conflicted` with the addresses of all files in conflict, and `lacuna.mayHaveConflicts`
// for the workspace.

import * as vscode from 'vscode';
import { isCovered } from '../editor/selector.js';
import { hasMarkers } from './conflictMarkers.js';
import { editorGit, unmergedIn, watchGit, type EditorGit } from './editorGit.js';

/** After a change of a document's text; a person who wants a menu takes longer. */
const restMs = 300;

export function followConflicts(): vscode.Disposable {
  let git: EditorGit | undefined;
  let isDisposed = false;
  let timer: NodeJS.Timeout | undefined;
  const told = new Map<string, string>();
  const tell = (key: string, value: boolean | readonly vscode.Uri[]): void => {
    const written = String(value);
    if (told.get(key) === written) return;
    told.set(key, written);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const conflicted = conflictedOf(git);
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    tell('lacuna.conflicted', conflicted);
    tell(
      'lacuna.hasConflicts',
      conflicted.some((uri) => uri.toString() === active),
    );
    // Without a repository that the editor knows, only a search can tell.
    tell('lacuna.mayHaveConflicts', conflicted.length > 0 || (git?.repositories.length ?? 0) === 0);
  };
  const listeners: vscode.Disposable[] = [
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidCloseTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isCovered(document) && !isKnown(git, document)) timer ??= setTimeout(look, restMs);
    }),
  ];
  look();
  void editorGit().then((found) => {
    if (found === undefined || isDisposed) return;
    git = found;
    listeners.push(watchGit(found, look));
  });
  return new vscode.Disposable(() => {
    isDisposed = true;
    clearTimeout(timer);
    for (const listener of listeners) listener.dispose();
  });
}

/** Git decides; where it knows nothing of a document, its markers do. */
function conflictedOf(git: EditorGit | undefined): vscode.Uri[] {
  const marked = vscode.workspace.textDocuments
    .filter((document) => isCovered(document) && !isKnown(git, document) && hasMarkers(document.getText()))
    .map(({ uri }) => uri);
  return [...unmergedIn(git), ...marked];
}

function isKnown(git: EditorGit | undefined, { uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && git !== undefined && git.getRepository(uri) !== null;
}
