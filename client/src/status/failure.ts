// Tells the user that something does not work: once for each cause, with what can be done about it.

import * as vscode from 'vscode';
import type { CommandId } from '../commandIds.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

const actions = (): readonly (vscode.MessageItem & { readonly command: CommandId })[] => [
  { title: t('Run Doctor'), command: 'lacuna.doctor' },
  { title: t('Show Log'), command: 'lacuna.showLog' },
];

/** Of a sentence, in UTF-16 units. */
const LONGEST = 400;

const told = new Set<string>();

/** @param sentence the cause, for the user */
export async function tellFailure(sentence: string): Promise<void> {
  if (told.has(sentence)) return;
  told.add(sentence);
  const chosen = await vscode.window.showErrorMessage(`Lacuna: ${plain(sentence, LONGEST)}`, ...actions());
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}
