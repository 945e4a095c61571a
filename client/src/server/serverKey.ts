// The key of a model server. It lies in the editor's secret storage and reaches the language server in its environment, so
// that it is in no setting, no message and no log.

import * as vscode from 'vscode';
import { t } from '../l10n/words.js';

const secretName = 'lacuna.server.key';
const variable = 'LACUNA_SERVER_KEY';

export class ServerKey {
  /** For the process of the language server; read whenever it is started. */
  readonly environment: Record<string, string> = {};

  constructor(private readonly secrets: vscode.SecretStorage) {}

  /** Reads what the next start of the language server is to know. */
  async read(): Promise<void> {
    const key = await Promise.resolve(this.secrets.get(secretName)).catch(() => undefined);
    // Set, since the editor's own environment may hold another.
    this.environment[variable] = key ?? '';
  }

  async ask(): Promise<void> {
    const key = await vscode.window.showInputBox({
      title: t('Key of the model server'),
      prompt: t('It is kept in the secret storage of the editor. Leave it empty to remove it.'),
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return;
    if (key.trim() === '') await this.secrets.delete(secretName);
    else await this.secrets.store(secretName, key.trim());
  }

  /** Calls back when the key was changed, in this window or another. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key === secretName) listener();
    });
  }
}
