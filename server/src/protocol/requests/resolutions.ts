// lacuna/resolutions: all answers to the conflict at a place, with the sides that they can be compared with.

import { words } from '../../common/words.js';
import { noResolutionSentence } from '../../merge/index.js';
import { conflictAt } from '../state/conflicts.js';
import { toRange } from '../state/convert.js';
import { resolutionsRequest, type PlaceParams, type ResolutionsResult } from '../messages.js';
import { answered, openConflicts } from './openConflicts.js';
import { linesWithOrigins } from './resolutionLines.js';
import { confidenceWords, resolutionWords } from './resolutionWords.js';
import { failed, none, type Handler } from './handler.js';

export const resolutions: Handler<PlaceParams, ResolutionsResult> = {
  method: resolutionsRequest,
  empty: failed,
  async run(state, { textDocument: { uri }, position }, signal) {
    const { say } = state;
    const open = await openConflicts(state, uri);
    const place = open?.current();
    if (open === undefined || place === undefined) return none(say, words('Conflicts are not answered here.'));
    const offset = place.offsetAt(position);
    const conflict = conflictAt(open.file, open.snapshot.text, { start: offset, end: offset });
    if (conflict === undefined) return none(say, words('There is no conflict at the cursor.'));
    const answer = await answered(state, open, conflict, signal);
    if (answer === undefined) return none(say, words('The file has changed meanwhile.'));
    const { document, result } = answer;
    if (result.resolutions.length === 0) return none(say, noResolutionSentence(result.reason));
    // The answer knows the base that git has kept; the markers may not show it.
    const { base } = (await state.conflicts.withBases(open.snapshot)).conflicts[conflict.index] ?? conflict;
    return {
      kind: 'resolutions',
      version: document.version,
      range: toRange(document, conflict.range),
      sides: {
        ours: conflict.ours.text,
        theirs: conflict.theirs.text,
        ...(base === undefined ? {} : { base: base.text }),
      },
      names: conflict.labels,
      resolutions: result.resolutions.map((resolution) => ({
        words: say(resolutionWords(resolution, conflict).words),
        confidence: confidenceWords(resolution, say),
        explanation: say(resolution.explanation),
        lines: linesWithOrigins(resolution),
        text: resolution.text,
      })),
    };
  },
};
