// Fills every hole of the document with what the model would write there, which is the line that it wrote as a whole, in
// one step that one undo takes back.

import * as vscode from 'vscode';
import { fillingsOfAll } from './holeRanges.js';
import { tellNone } from './holeList.js';
import type { Holes } from './holes.js';

export async function fillAllHoles(holes: Holes): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const open = editor === undefined ? [] : holes.of(editor.document);
  if (editor === undefined || open.length === 0) return tellNone();
  const { document } = editor;
  const written = open.map(({ range, wouldBe }) => ({
    range: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
    wouldBe,
  }));
  const { edits, end } = fillingsOfAll(written);
  const isAtHole = open.some(({ range }) => range.start.line === editor.selection.active.line);
  const isDone = await editor.edit((builder) => {
    for (const [index, { text }] of edits.entries()) builder.replace(open[index]!.range, text);
  });
  if (!isDone) return;
  // What the editor offers for the first hole, and its tab stops, are of no use any more.
  await vscode.commands.executeCommand('hideSuggestWidget');
  await vscode.commands.executeCommand('leaveSnippet');
  if (!isAtHole) return;
  const behind = document.lineAt(document.positionAt(end)).range.end;
  editor.selection = new vscode.Selection(behind, behind);
}
