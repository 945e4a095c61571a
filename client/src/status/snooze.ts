// Asks for how long nothing should be suggested.

import * as vscode from 'vscode';
import type { Pause } from './pause.js';
import { t } from '../l10n/words.js';

const durations = [5, 15, 30, 60];

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

export async function askSnooze(pause: Pause): Promise<void> {
  const own = durations.map((minutes): Entry => snoozeFor(pause, t('{0} minutes', minutes), minutes));
  if (pause.isSnoozed) own.unshift(snoozeFor(pause, t('Suggest again now'), 0));
  const chosen = await vscode.window.showQuickPick([...own, ...(await entriesOfEditor())], {
    title: t('Snooze Lacuna'),
    placeHolder: t('For how long should nothing be suggested?'),
  });
  await chosen?.run?.();
}

function snoozeFor(pause: Pause, label: string, minutes: number): Entry {
  return { label, run: () => pause.snooze(minutes) };
}

/** The editor's own snooze quiets every extension. It tells none whether it is on, so that both ways are offered. */
async function entriesOfEditor(): Promise<Entry[]> {
  const known = new Set(await vscode.commands.getCommands(true));
  const offered = [
    { label: t('Snooze the suggestions of all extensions…'), command: 'editor.action.inlineSuggest.snooze' },
    { label: t("End the editor's own snooze"), command: 'editor.action.inlineSuggest.cancelSnooze' },
  ].filter(({ command }) => known.has(command));
  if (offered.length === 0) return [];
  const separator = { label: t('all extensions'), kind: vscode.QuickPickItemKind.Separator };
  return [
    separator,
    ...offered.map(({ label, command }) => ({ label, run: () => vscode.commands.executeCommand(command) })),
  ];
}
