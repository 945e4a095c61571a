// What a click on the status bar opens: all commands that are of use at this moment.

import * as vscode from 'vscode';
import type { CommandId } from '../commandIds.js';
import type { Gate } from './gate.js';
import type { Pause } from './pause.js';
import { t } from '../l10n/words.js';

interface Entry extends vscode.QuickPickItem {
  readonly run: readonly [command: string, ...parameters: unknown[]];
}

export async function showMenu(pause: Pause): Promise<void> {
  const chosen = await vscode.window.showQuickPick(entries(pause), { title: 'Lacuna' });
  if (chosen !== undefined) await vscode.commands.executeCommand(...chosen.run);
}

function entries(pause: Pause): Entry[] {
  const document = vscode.window.activeTextEditor?.document;
  const gate = pause.gate(document);
  const own = (id: CommandId, label: string, description = ''): Entry => ({ label, description, run: [id] });
  const isOpen = gate.kind === 'open' || gate.kind === 'notCovered';
  const language =
    document === undefined ? [] : [own('lacuna.toggleLanguage', languageSwitch(gate), document.languageId)];
  return [
    ...(gate.kind === 'open' && document !== undefined ? [own('lacuna.trigger', t('Trigger a suggestion'))] : []),
    own('lacuna.toggle', isOpen ? t('Switch off') : t('Switch on')),
    ...language,
    own('lacuna.snooze', gate.kind === 'snoozed' ? t('Change or end the snooze') : t('Snooze')),
    own('lacuna.explain', t('Explain the last suggestion'), t('its tokens, layers and probabilities')),
    own('lacuna.statistics', t('Statistics'), t('what was shown, accepted and kept')),
    own('lacuna.model.use', t('Use another model'), t('one that is here, or a GGUF file')),
    own('lacuna.doctor', t('Doctor'), t('examines model, versions and machine')),
    own('lacuna.showLog', t('Show log')),
    { label: t('Settings'), run: ['workbench.action.openSettings', '@ext:lacuna.lacuna'] },
  ];
}

/** While all is off, what the language's own switch says is not known here. */
function languageSwitch(gate: Gate): string {
  if (gate.kind === 'open') return t('Switch off for this language');
  return gate.kind === 'offForLanguage' ? t('Switch on for this language') : t('Switch on or off for this language');
}
