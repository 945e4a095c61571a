// lacuna/conflicts: where the conflicts of an open document are, for going from one to the next.

import { brokenSentence } from '../../merge/index.js';
import { toRange } from '../state/convert.js';
import { conflictsRequest, type ConflictListResult, type DocumentParams } from '../messages.js';
import type { Handler } from './handler.js';

/** Answered also where resolutions are switched off: to find conflicts is no suggestion. */
export const conflictList: Handler<DocumentParams, ConflictListResult> = {
  method: conflictsRequest,
  empty: () => ({ conflicts: [], broken: [] }),
  async run(state, { textDocument: { uri } }) {
    const snapshot = state.documents.snapshot(uri);
    if (snapshot === undefined) return { conflicts: [], broken: [] };
    const { conflicts, broken } = await state.conflicts.of(snapshot);
    const document = state.documents.textDocument(uri);
    if (document?.version !== snapshot.version) return { conflicts: [], broken: [] };
    return {
      conflicts: conflicts.map(({ range }) => toRange(document, range)),
      broken: broken.map(({ line, reason }) => ({ line, sentence: state.say(brokenSentence(reason)) })),
    };
  },
};
