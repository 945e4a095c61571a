// textDocument/inlineCompletion: convert in, ask the room, convert out.

import {
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  type InlineCompletionItem,
  type InlineCompletionParams,
} from 'vscode-languageserver';
import { isSecretFile, type CompletionRequest } from '../../completion/index.js';
import { toInlineItem, toOffsets } from '../state/convert.js';
import type { Documents } from '../state/documents.js';
import { explain } from '../state/explanation.js';
import { inEnglish } from '../../common/words.js';
import { completionSettings } from '../state/settings.js';
import type { Handler } from './handler.js';

/** Different suggestions that are computed when the user asks by hand, to cycle through. */
const ALTERNATIVES = 3;

/** Other open documents that are looked into for what repeats, and how much of each. */
const NEARBY_DOCUMENTS = 4;
const NEARBY_CODE_UNITS = 20_000;

function textsNearby(documents: Documents, uri: string): readonly string[] {
  return documents
    .uris()
    .filter((other) => other !== uri)
    .slice(-NEARBY_DOCUMENTS)
    .flatMap((other) => {
      const document = documents.snapshot(other);
      return document === undefined || isSecretFile(other) ? [] : [document.text.slice(0, NEARBY_CODE_UNITS)];
    });
}

export const inlineCompletion: Handler<InlineCompletionParams, InlineCompletionItem[]> = {
  method: InlineCompletionRequest.method,
  empty: () => [],
  async run(state, { textDocument, position, context }, signal) {
    const document = state.documents.textDocument(textDocument.uri);
    const snapshot = state.documents.snapshot(textDocument.uri);
    if (document === undefined || snapshot === undefined || state.work.isPaused) return [];
    const isManual = context.triggerKind === InlineCompletionTriggerKind.Invoked;
    const selected = context.selectedCompletionInfo;
    const offset = document.offsetAt(position);
    const selectedCompletion =
      selected === undefined
        ? {}
        : { selectedCompletion: { range: toOffsets(document, selected.range), text: selected.text } };

    const began = state.now();
    const end = state.status.begin();
    try {
      const settings = completionSettings(
        await state.settings.of(textDocument.uri),
        snapshot.languageId,
        state.ownThreshold,
      );
      const request: CompletionRequest = {
        document: snapshot,
        offset,
        trigger: isManual ? 'manual' : 'automatic',
        alternatives: isManual ? ALTERNATIVES : 1,
        // Marks and hover of holes are our client's.
        settings: state.isLacunaClient ? settings : { ...settings, holes: 'off' },
        nearby: textsNearby(state.documents, textDocument.uri),
        ...selectedCompletion,
      };
      const result = await state.work.run((own) => state.completer.complete(request, own), signal);
      const current = state.documents.textDocument(textDocument.uri);
      const isStale = current === undefined || current.version !== snapshot.version;
      if (result === undefined || isStale || signal.aborted) {
        end();
        return [];
      }
      const latencyMs = state.now() - began;
      end({ result, latencyMs });
      state.explanation = explain(result, latencyMs);
      state.logger.debug(state.explanation.figures.map(inEnglish).join(' '));
      if (result.kind === 'none') {
        state.logger.debug(`Nothing is suggested: ${result.reason}.`);
        return [];
      }
      return result.suggestions.map((suggestion) => toInlineItem(current, suggestion, state.isLacunaClient, state.say));
    } catch (error) {
      end();
      throw error;
    }
  },
};
