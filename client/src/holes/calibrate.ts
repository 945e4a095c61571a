// Measures holes, and the probabilities of a model that was added, on what the repository's own commits added, with a bar that shows how far it is and can be stopped.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  calibrateProgress,
  calibrateRequest,
  type CalibrateParams,
  type CalibrateProgress,
  type CalibrateResult,
} from '../../../server/src/protocol/messages.js';
import { t } from '../l10n/words.js';

/** @param ensureStarted resolves to false, and has told the user, when there is no server to ask. */
export async function calibrateToRepository(
  client: LanguageClient,
  ensureStarted: () => Promise<boolean>,
): Promise<void> {
  const folder = folderOfInterest();
  if (folder !== undefined && !vscode.workspace.isTrusted)
    return tell(t('The repository is read only in a workspace that you trust.'));
  if (!(await ensureStarted())) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title:
        folder === undefined
          ? t('Lacuna measures the model on its example programs')
          : t('Lacuna measures on the commits of {0}', folder.name),
      cancellable: true,
    },
    async (progress, token) => {
      let shown = 0;
      const listener = client.onNotification(calibrateProgress, ({ done, total }: CalibrateProgress) => {
        const percent = (100 * done) / Math.max(1, total);
        progress.report({ message: t('{0} of {1} lines', done, total), increment: percent - shown });
        shown = percent;
      });
      const params: CalibrateParams =
        folder === undefined ? {} : { folder: client.code2ProtocolConverter.asUri(folder.uri) };
      try {
        return await client.sendRequest<CalibrateResult>(calibrateRequest, params, token);
      } catch (error) {
        if (!token.isCancellationRequested) throw error;
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
  tell(
    result === undefined
      ? t('Stopped; what was measured before stays in use, and the same command goes on.')
      : result.sentence,
  );
}

function folderOfInterest(): vscode.WorkspaceFolder | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(`Lacuna: ${sentence}`);
}
