// Puts resolutions into documents: in one step that one undo takes back, and only into the versions that they are for.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  acceptResolutionCommand,
  type AcceptResolutionParams,
  type RangeInText,
} from '../../../server/src/protocol/messages.js';
import { toRange } from '../server/conflictServer.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

export interface DocumentEdits {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly edits: readonly { readonly range: RangeInText; readonly text: string }[];
}

/** Either all documents are changed or none. Resolves to false, and has said why, when nothing was done. */
export async function replaceAll(documents: readonly DocumentEdits[]): Promise<boolean> {
  const stale = documents.find(({ document, version }) => document.isClosed || document.version !== version);
  if (stale !== undefined) {
    const name = plain(vscode.workspace.asRelativePath(stale.document.uri));
    void vscode.window.showInformationMessage(
      t('Lacuna: {0} has changed meanwhile, so nothing was done. Try again.', name),
    );
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { document, edits } of documents) {
    for (const { range, text } of edits) edit.replace(document.uri, toRange(range), text);
  }
  // Files that are open nowhere are saved where the user's settings say so for refactorings.
  const done = await vscode.workspace.applyEdit(edit, { isRefactoring: documents.length > 1 });
  if (!done) void vscode.window.showWarningMessage(t('Lacuna: The editor could not change the file. Is it read-only?'));
  return done;
}

export async function replaceConflict(
  document: vscode.TextDocument,
  version: number,
  range: RangeInText,
  text: string,
): Promise<boolean> {
  return replaceAll([{ document, version, edits: [{ range, text }] }]);
}

/** The command of the lens above a conflict. */
export function registerAcceptance(client: LanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand(acceptResolutionCommand, async (params: AcceptResolutionParams) => {
    const uri = client.protocol2CodeConverter.asUri(params.textDocument.uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await replaceConflict(document, params.textDocument.version, params.range, params.text);
  });
}
