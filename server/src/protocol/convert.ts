// Between the protocol's positions and our offsets, and between our types and the protocol's.

import type { InlineCompletionItem, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OffsetRange } from '../common/range.js';
import type { Suggestion } from '../completion/index.js';
import { acceptedCommand, type AcceptedParams } from './messages.js';

export function toRange(document: TextDocument, { start, end }: OffsetRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toOffsets(document: TextDocument, { start, end }: Range): OffsetRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** @param tellsAcceptance whether the client knows the command that reports an accepted suggestion */
export function toInlineItem(
  document: TextDocument,
  suggestion: Suggestion,
  tellsAcceptance: boolean,
): InlineCompletionItem {
  const range = toRange(document, suggestion.range);
  const item: InlineCompletionItem = { insertText: suggestion.text, range };
  if (!tellsAcceptance) return item;
  const lines = suggestion.text.split(/\r\n|\r|\n/);
  const lastLine = lines.at(-1)!;
  const accepted: AcceptedParams = {
    textDocument: { uri: document.uri },
    position: {
      line: range.start.line + lines.length - 1,
      character: lines.length === 1 ? range.start.character + lastLine.length : lastLine.length,
    },
    probability: suggestion.probability,
  };
  return { ...item, command: { title: 'Accepted', command: acceptedCommand, arguments: [accepted] } };
}
