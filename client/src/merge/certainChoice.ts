// Shows what is about to be resolved, before anything is: a list in which each resolution can be left out, and looked at.

import * as vscode from 'vscode';
import type { CertainEdit } from '../../../server/src/protocol/messages.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

export interface CertainOfDocument {
  readonly document: vscode.TextDocument;
  readonly edits: readonly CertainEdit[];
}

interface Entry extends vscode.QuickPickItem {
  readonly document: vscode.TextDocument;
  readonly edit: CertainEdit;
}

/**
 * @param look shows the likeliest answer of a conflict, and changes nothing
 * @returns for each document what was left in the list; undefined where the user did not agree
 */
export async function chooseCertain<Found extends CertainOfDocument>(
  found: readonly Found[],
  look: (document: vscode.TextDocument, edit: CertainEdit) => void,
): Promise<Found[] | undefined> {
  const entries = found.flatMap(({ document, edits }) => edits.map((edit) => entryOf(document, edit)));
  const list = vscode.window.createQuickPick<Entry>();
  list.title = t('Lacuna: What is certain, and will be resolved');
  list.placeholder = t('Enter resolves what is ticked; one undo takes it back');
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  // Looking at one of them takes the focus.
  list.ignoreFocusOut = true;
  list.items = entries;
  list.selectedItems = entries;
  const chosen = await new Promise<readonly Entry[] | undefined>((resolve) => {
    list.onDidTriggerItemButton(({ item }) => look(item.document, item.edit));
    list.onDidAccept(() => resolve(list.selectedItems));
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
  list.dispose();
  if (chosen === undefined || chosen.length === 0) return undefined;
  const kept = new Set(chosen.map(({ edit }) => edit));
  return found.map((each) => ({ ...each, edits: each.edits.filter((edit) => kept.has(edit)) }));
}

function entryOf(document: vscode.TextDocument, edit: CertainEdit): Entry {
  const { range, words, confidence, text } = edit;
  const name = plain(vscode.workspace.asRelativePath(document.uri));
  const shown = plain(text.trim().replaceAll(/\s+/g, ' '), 160);
  return {
    label: t('{0}, line {1}', name, range.start.line + 1),
    description: `${plain(words)} (${confidence})`,
    detail: shown === '' ? t('The lines are removed.') : shown,
    buttons: [{ iconPath: new vscode.ThemeIcon('diff'), tooltip: t('Look at it; nothing is changed by looking.') }],
    document,
    edit,
  };
}
