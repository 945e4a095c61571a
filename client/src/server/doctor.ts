// Shows what the server finds when it examines the installation, with what only the editor knows, in a read-only document.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { doctorRequest, type DoctorLine, type DoctorReport } from '../../../server/src/protocol/messages.js';
import { doctorMarkdown } from './doctorReport.js';
import { t } from '../l10n/words.js';

const uri = vscode.Uri.from({ scheme: 'lacuna-doctor', path: 'Lacuna Doctor.md' });

export interface Doctor extends vscode.Disposable {
  examine(): Promise<void>;
}

/** @param ensureStarted resolves to false when there is no server to ask. */
export function createDoctor(client: LanguageClient, ensureStarted: () => Promise<boolean>): Doctor {
  let text = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(uri.scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  });
  return {
    async examine() {
      const lines = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: t('Lacuna examines the installation'),
          cancellable: true,
        },
        async (_progress, token): Promise<DoctorLine[]> => [
          ...editorLines(),
          ...(await serverLines(client, ensureStarted, token)),
        ],
      );
      text = doctorMarkdown(lines);
      changed.fire(uri);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

function editorLines(): DoctorLine[] {
  const document = vscode.window.activeTextEditor?.document;
  const isShown = vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled', true);
  const remote = vscode.env.remoteName === undefined ? '' : t(', remote: {0}', vscode.env.remoteName);
  return [
    { name: t('Editor'), value: `${vscode.env.appName} ${vscode.version}${remote}`, ok: true },
    {
      name: t('Setting {0}', 'editor.inlineSuggest.enabled'),
      value: String(isShown),
      ok: isShown,
      advice: t('Switch it on: without it the editor shows no suggestions.'),
    },
  ];
}

async function serverLines(
  client: LanguageClient,
  ensureStarted: () => Promise<boolean>,
  token: vscode.CancellationToken,
): Promise<readonly DoctorLine[]> {
  const broken = (value: string): DoctorLine[] => [
    {
      name: t('Language server'),
      value,
      ok: false,
      advice: t('The log says more: run the command "Lacuna: Show Log".'),
    },
  ];
  if (!(await ensureStarted())) return broken(t('could not be started'));
  try {
    return (await client.sendRequest<DoctorReport>(doctorRequest, {}, token)).lines;
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}
