// From one conflict to the next, and round at the ends.

import * as vscode from 'vscode';
import { toRange, type ConflictServer } from '../server/conflictServer.js';
import { t } from '../l10n/words.js';

export async function goToConflict(
  server: ConflictServer,
  editor: vscode.TextEditor,
  direction: 'next' | 'previous',
): Promise<void> {
  const { conflicts, broken } = await server.conflicts(editor.document);
  const starts = conflicts.map((range) => toRange(range).start);
  const cursor = editor.selection.active;
  const found =
    direction === 'next'
      ? (starts.find((start) => start.isAfter(cursor)) ?? starts[0])
      : (starts.findLast((start) => start.isBefore(cursor)) ?? starts.at(-1));
  if (found === undefined) {
    const [first] = broken;
    const beside = first === undefined ? '' : t(' Line {0}: {1}', first.line + 1, first.sentence);
    void vscode.window.showInformationMessage(`${t('Lacuna: There is no conflict in this file.')}${beside}`);
    return;
  }
  editor.selection = new vscode.Selection(found, found);
  editor.revealRange(new vscode.Range(found, found), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  const place = t('Conflict {0} of {1}', starts.indexOf(found) + 1, starts.length);
  vscode.window.setStatusBarMessage(place, 5_000);
}
