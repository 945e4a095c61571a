// lacuna/certainResolutions: the edits that resolve what is certain, for a stretch of a document's conflicts. The client
// asks for one stretch after the other, so that it can show how far it is and stop.

import { words } from '../../common/words.js';
import { certainResolution, type Resolution } from '../../merge/index.js';
import { toRange } from '../state/convert.js';
import { certainResolutionsRequest, type CertainParams, type CertainResult } from '../messages.js';
import { openConflicts } from './openConflicts.js';
import { confidenceWords, resolutionWords } from './resolutionWords.js';
import { failed, none, type Handler } from './handler.js';

export const certainResolutions: Handler<CertainParams, CertainResult> = {
  method: certainResolutionsRequest,
  empty: failed,
  async run(state, { textDocument: { uri }, from, count }, signal) {
    const open = await openConflicts(state, uri);
    if (open === undefined) return none(state.say, words('Conflicts are not answered here.'));
    const { snapshot, settings, file } = open;
    if (!(await state.conflicts.isCertain(snapshot))) {
      return none(state.say, words('Git cannot be asked here, so conflicts are resolved one by one.'));
    }
    if (await state.conflicts.isMisread(snapshot)) {
      return none(
        state.say,
        words('The file was read in another encoding than its own, and saving it would lose what could not be read.'),
      );
    }
    const found: { readonly index: number; readonly certain: Resolution }[] = [];
    for (const { index } of file.conflicts.slice(from, from + count)) {
      const answer = await state.conflicts.answer(snapshot, index, signal);
      const certain = certainResolution(answer, settings.merge.threshold);
      if (certain !== undefined) found.push({ index, certain });
      // Between two conflicts others get their turn, and a change of the document is heard of.
      await new Promise((resolve) => setImmediate(resolve));
      if (open.current() === undefined) break;
    }
    const document = open.current();
    if (document === undefined) return none(state.say, words('The file has changed meanwhile.'));
    return {
      kind: 'resolved',
      version: document.version,
      conflicts: file.conflicts.length,
      broken: file.broken.length,
      edits: found.map(({ index, certain }) => {
        const conflict = file.conflicts[index]!;
        return {
          range: toRange(document, conflict.range),
          text: certain.text,
          words: state.say(resolutionWords(certain, conflict).words),
          confidence: confidenceWords(certain, state.say),
        };
      }),
    };
  },
};
