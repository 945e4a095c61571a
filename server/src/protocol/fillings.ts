// lacuna/fillings: what might fill a hole of a document.

import { completionSettings } from './settings.js';
import { toOffsets } from './convert.js';
import type { FillingsParams, FillingsResult } from './messages.js';
import type { ServerState } from './server.js';

export async function fillings(
  state: ServerState,
  { textDocument: { uri }, version, hole, others }: FillingsParams,
  signal: AbortSignal,
): Promise<FillingsResult> {
  const settings = await state.settings.of(uri);
  const document = state.documents.textDocument(uri);
  const snapshot = state.documents.snapshot(uri);
  if (document === undefined || snapshot?.version !== version || state.work.isPaused) return { fillings: [] };
  const request = {
    document: snapshot,
    hole: toOffsets(document, hole),
    others: others.map(({ range, text }) => ({ range: toOffsets(document, range), text })),
    settings: completionSettings(settings, snapshot.languageId),
  };
  const found = await state.work.run((own) => state.completer.fill(request, own), signal);
  return { fillings: found ?? [] };
}
