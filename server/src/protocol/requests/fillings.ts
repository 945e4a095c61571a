// lacuna/fillings: what might fill a hole of a document.

import type { WrittenHole } from '../../completion/index.js';
import { completionSettings } from '../state/settings.js';
import { toOffsets } from '../state/convert.js';
import { fillingsRequest, type FillingsParams, type FillingsResult, type UnfilledHole } from '../messages.js';
import type { Handler } from './handler.js';

export const fillings: Handler<FillingsParams, FillingsResult> = {
  method: fillingsRequest,
  empty: () => ({ fillings: [] }),
  async run(state, { textDocument: { uri }, version, hole, others }, signal) {
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
  },
};
