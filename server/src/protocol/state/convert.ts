// Between the protocol's positions and our offsets, and between our types and the protocol's.

import type { InlineCompletionItem, Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OffsetRange } from '../../common/range.js';
import type { Say } from './language.js';
import { snippetOf, withLineStart, type SnippetForm } from './snippet.js';
import type { SuggestedHoles, Suggestion } from '../../completion/index.js';
import { acceptedCommand, type AcceptedHoles, type AcceptedParams } from '../messages.js';
import { words } from '../../common/words.js';

export function toRange(document: TextDocument, { start, end }: OffsetRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toOffsets(document: TextDocument, { start, end }: Range): OffsetRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** For our own client, which knows our command. */
export function toOwnItem(document: TextDocument, suggestion: Suggestion, say: Say): InlineCompletionItem {
  const written = withLineStart(suggestion, linePrefixOf(document, suggestion.range.start));
  const range = toRange(document, written.range);
  const { text, holes } = written;
  const accepted: AcceptedParams = {
    textDocument: { uri: document.uri },
    position: placeAfter(range.start, text),
    probability: suggestion.probability,
    ...(holes === undefined ? {} : { holes: acceptedHoles(range.start, text, holes, say) }),
  };
  return {
    insertText: insertTextOf(written, 'standard'),
    range,
    command: { title: say(words('Accepted')), command: acceptedCommand, arguments: [accepted] },
  };
}

/** The line that holds an offset, up to it. */
export function linePrefixOf(document: TextDocument, offset: number): string {
  const { line } = document.positionAt(offset);
  return document.getText({ start: { line, character: 0 }, end: document.positionAt(offset) });
}

/** For any other client. */
export function toInlineItem(
  document: TextDocument,
  suggestion: Suggestion,
  form: SnippetForm | undefined,
): InlineCompletionItem {
  return { insertText: insertTextOf(suggestion, form), range: toRange(document, suggestion.range) };
}

function insertTextOf({ text, holes }: Suggestion, form: SnippetForm | undefined): InlineCompletionItem['insertText'] {
  return holes === undefined || form === undefined
    ? text
    : { kind: 'snippet', value: snippetOf(text, holes.holes, form) };
}

/** A rest of the line that is left out has no placeholder, so there is nothing to mark. */
function acceptedHoles(start: Position, text: string, { sentence, holes }: SuggestedHoles, say: Say): AcceptedHoles {
  return {
    promise: say(sentence),
    holes: holes
      .filter(({ isRest }) => !isRest)
      .map(({ range, kind, reason, wouldBe, probability }) => ({
        range: {
          start: placeAfter(start, text.slice(0, range.start)),
          end: placeAfter(start, text.slice(0, range.end)),
        },
        placeholder: text.slice(range.start, range.end),
        kind: say(kind),
        reason: say(reason),
        wouldBe,
        probability,
      })),
  };
}

/** Where a text ends that begins at a place. */
function placeAfter({ line, character }: Position, text: string): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const lastLine = lines.at(-1)!;
  return {
    line: line + lines.length - 1,
    character: lines.length === 1 ? character + lastLine.length : lastLine.length,
  };
}
