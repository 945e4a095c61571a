// A document that is open in the editor, by its address.

import * as vscode from 'vscode';

export function openDocument(uri: string | undefined): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}
