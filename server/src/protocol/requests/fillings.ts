// lacuna/fillings: what might fill a hole of a document.

import type { WrittenHole } from '../../completion/index.js';
import { completionSettings } from '../state/settings.js';
import { toOffsets } from '../state/convert.js';
import type { FillingsParams, FillingsResult, UnfilledHole } from '../messages.js';
import type { ServerState } from '../state/state.js';

export async function fillings(
  state: ServerState,
  { textDocument: { uri }, version, hole, others }: FillingsParams,
  signal: AbortSignal,
): Promise<FillingsResult> {
  const settings = await state.settings.of(uri);
  const document = state.documents.textDocument(uri);
  const snapshot = state.documents.snapshot(uri);
  if (document === undefined || snapshot?.version !== version || state.work.isPaused) return { fillings: [] };
  const written = ({ range, wouldBe }: UnfilledHole): WrittenHole => ({ range: toOffsets(document, range), wouldBe });
  const request = {
    document: snapshot,
    hole: written(hole),
    others: others.map(written),
    settings: completionSettings(settings, snapshot.languageId),
  };
  const found = await state.work.run((own) => state.completer.fill(request, own), signal);
  return { fillings: found ?? [] };
}
