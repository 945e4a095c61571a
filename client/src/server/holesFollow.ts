// Holes behind a line: what the editor shows is a line, and now there is the same with holes. The editor is made to ask again
// where it still shows a suggestion at that place, and to show what comes in place of it.

import * as vscode from 'vscode';
import type { HolesFollowParams } from '../../../server/src/protocol/messages.js';

/** Milliseconds within which the editor asks, once it is told to. */
const ASKS_WITHIN_MS = 300;

/** Where the editor is about to ask. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly until: number;
}

export class HolesFollow {
  private asked: Place | undefined;

  /** @param uri of the document, in the editor's form */
  show(uri: string, { version, position: { line, character } }: HolesFollowParams): void {
    const editor = vscode.window.activeTextEditor;
    const position = new vscode.Position(line, character);
    if (editor?.document.uri.toString() !== uri || editor.document.version !== version) return;
    if (!editor.selection.isEmpty || !editor.selection.active.isEqual(position)) return;
    this.asked = { document: editor.document, version, position, until: performance.now() + ASKS_WITHIN_MS };
    // Of all commands that make the editor ask, this one does nothing where no suggestion is seen: one that was put away with
    // Escape stays away. It keeps the line that is seen in the list, and shows what comes behind it.
    void vscode.commands.executeCommand('editor.action.inlineSuggest.showNext');
  }

  /** Whether it is for holes alone that the editor asks; true once. */
  isAsked(document: vscode.TextDocument, position: vscode.Position): boolean {
    const { asked } = this;
    this.asked = undefined;
    return (
      asked?.document === document &&
      asked.version === document.version &&
      asked.position.isEqual(position) &&
      performance.now() < asked.until
    );
  }
}

/** A suggestion with holes comes as a snippet, and no other does. */
export function hasHoles({ insertText }: vscode.InlineCompletionItem): boolean {
  return typeof insertText !== 'string';
}
