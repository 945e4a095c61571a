// A suggestion asked for by hand. Whoever asks must hear why nothing can come.

import * as vscode from 'vscode';
import type { Pause } from '../status/pause.js';
import { statusView } from '../status/statusView.js';
import { initialStatus } from '../status/statusState.js';
import { toggle } from '../status/toggle.js';
import { t } from '../l10n/words.js';

export async function trigger(pause: Pause, document: vscode.TextDocument | undefined): Promise<void> {
  const gate = pause.gate(document);
  if (document === undefined || gate.kind === 'notCovered') {
    void vscode.window.showInformationMessage(t('Open a file and put the cursor where code is missing.'));
    return;
  }
  if (gate.kind !== 'open') {
    const switchOn = t('Switch On');
    const sentence = statusView(gate, initialStatus()).sentences.join(' ');
    if ((await vscode.window.showInformationMessage(`Lacuna: ${sentence}`, switchOn)) !== switchOn) return;
    await toggle(pause, document);
  }
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}
