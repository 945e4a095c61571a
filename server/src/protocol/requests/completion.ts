// textDocument/completion, for clients that know no inline completion: the same suggestions, one line each, in the editor's
// own list. Where the client takes snippets, each is one: a snippet is what every such client inserts as a whole.

import {
  CompletionItemKind,
  CompletionRequest,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type InitializeParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Suggestion } from '../../completion/index.js';
import { toRange } from '../state/convert.js';
import { snippetOf, withoutTail } from '../state/snippet.js';
import type { ServerState } from '../state/state.js';
import type { Handler } from './handler.js';
import { suggestAt } from './suggestAt.js';

/** Signs behind which a suggestion is likely to come, and after which nobody who has a list open presses Enter. */
export const triggerCharacters: readonly string[] = ['.', '(', '='];

/** Whether a client gets suggestions in its list: it has one, and nothing better. */
export function wantsList({ textDocument }: InitializeParams['capabilities']): boolean {
  return textDocument?.completion !== undefined && textDocument.inlineCompletion === undefined;
}

export const completion: Handler<CompletionParams, CompletionList> = {
  method: CompletionRequest.method,
  // What is right after the next key may be another line.
  empty: () => ({ isIncomplete: true, items: [] }),
  async run(state, params, signal) {
    const { textDocument, position } = params;
    const asked = { trigger: 'automatic', alternatives: 1, mostLines: 1 } as const;
    const found = await suggestAt(state, textDocument.uri, position, asked, signal);
    if (found === undefined) return completion.empty(params, state.say);
    const { document, suggestions } = found;
    const cursor = document.offsetAt(position);
    const items = suggestions
      .flatMap((suggestion) => withoutTail(suggestion, document.getText(), cursor))
      .map((suggestion, index) => itemOf(document, cursor, suggestion, index, state));
    return { isIncomplete: true, items };
  },
};

/** An editor's list filters by the word before the cursor, so the word is part of the item. */
function itemOf(
  document: TextDocument,
  cursor: number,
  { text, range, holes }: Suggestion,
  index: number,
  { snippetForm, say }: Pick<ServerState, 'snippetForm' | 'say'>,
): CompletionItem {
  const start = Math.min(range.start, cursor - wordBefore(document, cursor).length);
  const word = document.getText().slice(start, range.start);
  const whole = word + text;
  const moved = (holes?.holes ?? []).map((hole) => ({
    ...hole,
    range: { start: hole.range.start + word.length, end: hole.range.end + word.length },
  }));
  return {
    label: whole,
    kind: snippetForm === undefined ? CompletionItemKind.Text : CompletionItemKind.Snippet,
    detail: 'Lacuna',
    filterText: whole,
    // Above the words of the language, and in this order.
    sortText: ` ${index}`,
    insertTextMode: InsertTextMode.asIs,
    textEdit: {
      range: toRange(document, { start, end: range.end }),
      newText: snippetForm === undefined ? whole : snippetOf(whole, moved, snippetForm),
    },
    ...(snippetForm === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
    ...(holes === undefined ? {} : { documentation: say(holes.sentence) }),
  };
}

function wordBefore(document: TextDocument, cursor: number): string {
  const { line } = document.positionAt(cursor);
  const before = document.getText().slice(document.offsetAt({ line, character: 0 }), cursor);
  return /[\p{L}\p{N}_$]*$/u.exec(before)![0];
}
