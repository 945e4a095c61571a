// From hole to hole: the next one in the document, and a list of all.

import * as vscode from 'vscode';
import { goToHole, type Holes, type OpenHole } from './holes.js';
import { stepOf, wordOf } from './holeSteps.js';
import { t } from '../l10n/words.js';

export async function goToNextHole(holes: Holes): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const inDocument = editor === undefined ? [] : holes.of(editor.document);
  const next =
    inDocument.find(({ range }) => editor !== undefined && range.start.isAfter(editor.selection.start)) ??
    inDocument[0] ??
    holes.all()[0];
  if (next === undefined) return tellNone();
  await goToHole(next);
}

export async function listHoles(holes: Holes): Promise<void> {
  const items = holes.all().map((hole) => ({ label: hole.placeholder, ...placeOf(hole), hole }));
  if (items.length === 0) return tellNone();
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Holes to fill'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen !== undefined) await goToHole(chosen.hole);
}

function placeOf(hole: OpenHole): { description: string; detail: string } {
  const { document, range } = hole;
  const { line } = range.start;
  const place = t('{0}, line {1}', vscode.workspace.asRelativePath(document.uri), line + 1);
  return {
    description: `${wordOf(stepOf(hole))}, ${place}`,
    detail: document.lineAt(line).text.trim(),
  };
}

export function tellNone(): void {
  void vscode.window.showInformationMessage(t('Lacuna: There are no holes to fill.'));
}
