// Shows how the last suggestion came about, in a page beside the editor.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { explainRequest, type Explanation } from '../../../server/src/protocol/messages.js';
import { explanationPage } from './explanationPage.js';
import { t } from '../l10n/words.js';

/** @param ensureStarted resolves to false when there is no server to ask. */
export async function explainLast(client: LanguageClient, ensureStarted: () => Promise<boolean>): Promise<void> {
  const explanation = (await ensureStarted()) ? await client.sendRequest<Explanation | null>(explainRequest, {}) : null;
  if (explanation === null) {
    void vscode.window.showInformationMessage(t('Lacuna has not been asked for a suggestion yet.'));
    return;
  }
  page ??= openPage();
  page.webview.html = explanationPage(explanation);
  page.reveal(undefined, true);
}

/** The one page, while it is open. */
let page: vscode.WebviewPanel | undefined;

function openPage(): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    'lacuna.explanation',
    t('Lacuna: The Last Suggestion'),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: false, localResourceRoots: [] },
  );
  panel.onDidDispose(() => (page = undefined));
  return panel;
}
