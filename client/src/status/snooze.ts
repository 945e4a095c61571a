// Asks for how long nothing should be suggested.

import * as vscode from 'vscode';
import type { Pause } from './pause.js';
import { t } from '../l10n/words.js';

const durations = [5, 15, 30, 60];

export async function askSnooze(pause: Pause): Promise<void> {
  const items = durations.map((minutes) => ({ label: t('{0} minutes', minutes), minutes }));
  if (pause.isSnoozed) items.unshift({ label: t('Suggest again now'), minutes: 0 });
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Snooze Lacuna'),
    placeHolder: t('For how long should nothing be suggested?'),
  });
  if (chosen !== undefined) await pause.snooze(chosen.minutes);
}
