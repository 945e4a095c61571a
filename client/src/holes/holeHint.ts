// What a hole is, said once: when the first suggestion with holes was accepted, on this machine and never again. The picture
// is a step of the walkthrough, for whoever wants to see it.

import * as vscode from 'vscode';
import { t } from '../l10n/words.js';

const storageKey = 'holesExplained';

/** @returns what is to be called whenever a suggestion with holes was accepted */
export function explainHolesOnce({ globalState, extension }: vscode.ExtensionContext): () => void {
  return () => {
    if (globalState.get<boolean>(storageKey, false)) return;
    void globalState.update(storageKey, true);
    const show = t('Show How');
    const sentence = t(
      'Lacuna: What stands in ⟨ ⟩ is left to you. Tab goes from one to the next, and Escape leaves them as they are.',
    );
    void vscode.window.showInformationMessage(sentence, show).then((chosen) => {
      if (chosen !== show) return;
      const category = `${extension.id}#start`;
      void vscode.commands.executeCommand('workbench.action.openWalkthrough', { category, step: 'holes' }, false);
    });
  };
}
