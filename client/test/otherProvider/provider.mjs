// Another extension that makes inline suggestions, as there are many: what it suggests is for one line, always the same, and there at once.
import * as vscode from 'vscode';

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  const provider = {
    provideInlineCompletionItems: (document, position) =>
      document.lineAt(position).text === 'export const fi'
        ? [{ insertText: 'fteen = 15; // another', range: new vscode.Range(position, position) }]
        : [],
  };
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**/beside.ts' }, provider),
  );
}
