// textDocument/inlineCompletion: convert in, ask the room, convert out.

import {
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  type InlineCompletionItem,
  type InlineCompletionParams,
  type Position,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { holesFollowNotification, type HolesFollowParams } from '../messages.js';
import { linePrefixOf, toInlineItem, toOffsets, toOwnItem } from '../state/convert.js';
import { withoutIndentation, withoutTail } from '../state/snippet.js';
import type { ServerState } from '../state/state.js';
import type { Handler } from './handler.js';
import { suggestAt, type Asked } from './suggestAt.js';

/** Different suggestions that are computed when the user asks by hand, to cycle through. */
const ALTERNATIVES = 3;

export const inlineCompletion: Handler<InlineCompletionParams, InlineCompletionItem[]> = {
  method: InlineCompletionRequest.method,
  empty: () => [],
  async run(state, { textDocument: { uri }, position, context }, signal) {
    const isManual = context.triggerKind === InlineCompletionTriggerKind.Invoked;
    const selected = context.selectedCompletionInfo;
    const asked: Asked = {
      trigger: isManual ? 'manual' : 'automatic',
      alternatives: isManual ? ALTERNATIVES : 1,
      holesMayFollow: state.isLacunaClient,
      ...(selected === undefined
        ? {}
        : { selected: (document) => ({ range: toOffsets(document, selected.range), text: selected.text }) }),
    };
    const found = await suggestAt(state, uri, position, asked, signal);
    if (found === undefined) return [];
    const { document, suggestions, holesFollow } = found;
    if (holesFollow !== undefined) void tellOfHoles(state, document, position, holesFollow);
    if (state.isLacunaClient) return suggestions.map((suggestion) => toOwnItem(document, suggestion, state.say));
    const cursor = document.offsetAt(position);
    return suggestions
      .flatMap((suggestion) =>
        suggestion.holes === undefined ? [suggestion] : withoutTail(suggestion, document.getText(), cursor),
      )
      .flatMap((suggestion) => withoutIndentation(suggestion, linePrefixOf(document, suggestion.range.start)))
      .map((suggestion) => toInlineItem(document, suggestion, state.snippetForm));
  },
};

/** Lets the client ask again once the line that it shows would have holes. */
async function tellOfHoles(
  { work, documents, notify }: Pick<ServerState, 'work' | 'documents' | 'notify'>,
  document: TextDocument,
  position: Position,
  holesFollow: (signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const { uri, version } = document;
  const doFollow = await work.run(holesFollow, new AbortController().signal);
  if (doFollow !== true || !documents.isCurrent(document, version)) return;
  const params: HolesFollowParams = { textDocument: { uri }, position, version };
  notify(holesFollowNotification, params);
}
