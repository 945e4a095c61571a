// textDocument/codeLens and codeLens/resolve: the likeliest resolution above each conflict. The list comes at once; a
// conflict is answered when it comes into view, which is when the editor resolves its lens.

import { CodeLensRequest, CodeLensResolveRequest, type CodeLens, type CodeLensParams } from 'vscode-languageserver';
import { noResolutionSentence } from '../../merge/index.js';
import { toRange } from '../state/convert.js';
import { acceptResolutionCommand, showResolutionsCommand, type AcceptResolutionParams } from '../messages.js';
import { answered, openConflicts } from './openConflicts.js';
import { confidenceWords, resolutionWords, sideNames } from './resolutionWords.js';
import type { Handler } from './handler.js';
import { words } from '../../common/words.js';

/** What a lens carries until it is resolved. */
interface LensData {
  readonly uri: string;
  readonly version: number;
  readonly index: number;
}

/** The lenses' commands are those of our own client. */
export const codeLens: Handler<CodeLensParams, CodeLens[]> = {
  method: CodeLensRequest.method,
  empty: () => [],
  async run(state, { textDocument: { uri } }) {
    const open = state.isLacunaClient ? await openConflicts(state, uri) : undefined;
    const document = open?.current();
    if (open === undefined || document === undefined || !open.settings.merge.codeLens) return [];
    return open.file.conflicts.flatMap(({ index, range }): CodeLens[] => {
      const start = document.positionAt(range.start);
      const at = { start, end: start };
      const data: LensData = { uri, version: document.version, index };
      const place = { textDocument: { uri }, position: start };
      return [
        { range: at, data },
        {
          range: at,
          command: { title: state.say(words('more…')), command: showResolutionsCommand, arguments: [place] },
        },
      ];
    });
  },
};

export const codeLensResolve: Handler<CodeLens, CodeLens> = {
  method: CodeLensResolveRequest.method,
  empty: (lens) => lens,
  async run(state, lens, signal) {
    if (lens.command !== undefined) return lens;
    const { uri, version, index } = lens.data as LensData;
    const open = await openConflicts(state, uri);
    const conflict = open?.file.conflicts[index];
    const isStale = open?.snapshot.version !== version;
    const answer =
      open === undefined || conflict === undefined || isStale
        ? undefined
        : await answered(state, open, conflict, signal);
    // The editor asks anew for the version that it has now; until then the line stays as it was.
    if (answer === undefined || conflict === undefined)
      return { ...lens, command: { title: 'Lacuna: …', command: '' } };
    const { say } = state;
    const { document, result } = answer;
    const [best] = result.resolutions;
    if (best === undefined) {
      return { ...lens, command: { title: `Lacuna: ${say(noResolutionSentence(result.reason))}`, command: '' } };
    }
    const parameters: AcceptResolutionParams = {
      textDocument: { uri, version },
      range: toRange(document, conflict.range),
      text: best.text,
    };
    const did = resolutionWords(best, conflict);
    const title = `Lacuna: ${say(did.words)} (${confidenceWords(best, say)})${sideNames(did, conflict.labels, say)}`;
    return { ...lens, command: { title, command: acceptResolutionCommand, arguments: [parameters] } };
  },
};
