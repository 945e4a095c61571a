// textDocument/codeAction: the most likely resolutions of the conflict at the cursor as quick fixes, with previews. They
// belong to no diagnostic, so that those of other tools stay as they are.

import {
  CodeActionKind,
  CodeActionRequest,
  type CodeAction,
  type CodeActionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { certainResolution, type Conflict, type Resolution } from '../../merge/index.js';
import { conflictAt } from '../state/conflicts.js';
import { toOffsets, toRange } from '../state/convert.js';
import { previewCommand, resolveFileCommand, type PreviewParams } from '../messages.js';
import { answered, openConflicts } from './openConflicts.js';
import { confidenceWords, resolutionWords, sideNames } from './resolutionWords.js';
import type { ServerState } from '../state/state.js';
import type { Handler } from './handler.js';
import { words } from '../../common/words.js';

/** How many are offered; the others are behind "Show Resolutions". */
const MOST_FIXES = 3;

export const codeAction: Handler<CodeActionParams, CodeAction[]> = {
  method: CodeActionRequest.method,
  empty: () => [],
  async run(state, { textDocument: { uri }, range, context: { only } }, signal) {
    if (only !== undefined && !only.some((kind) => kind === CodeActionKind.Empty || kind === CodeActionKind.QuickFix))
      return [];
    const open = await openConflicts(state, uri);
    const place = open?.current();
    if (open === undefined || place === undefined) return [];
    const conflict = conflictAt(open.file, open.snapshot.text, toOffsets(place, range));
    if (conflict === undefined) return [];
    const answer = await answered(state, open, conflict, signal);
    if (answer === undefined) return [];
    const { document, result } = answer;
    const offered = result.resolutions.slice(0, MOST_FIXES);
    const certain = certainResolution(result, open.settings.merge.threshold);
    const fixes = offered.map((resolution) => fix(state, document, conflict, resolution, resolution === certain));
    if (!state.isLacunaClient) return fixes;
    return [
      ...fixes,
      ...offered.map((resolution, rank) => preview(state, document, conflict, resolution, rank)),
      {
        title: state.say(words('Lacuna: resolve what is certain in this file')),
        kind: CodeActionKind.QuickFix,
        command: { title: state.say(words('Resolve')), command: resolveFileCommand },
      },
    ];
  },
};

function fix(
  state: ServerState,
  document: TextDocument,
  conflict: Conflict,
  resolution: Resolution,
  isPreferred: boolean,
): CodeAction {
  const { say } = state;
  const did = resolutionWords(resolution, conflict);
  return {
    title: `Lacuna: ${say(did.words)} (${confidenceWords(resolution, say)})${sideNames(did, conflict.labels, say)}`,
    kind: CodeActionKind.QuickFix,
    isPreferred,
    edit: replacement(state, document, conflict, resolution),
  };
}

function preview(
  { say }: ServerState,
  document: TextDocument,
  conflict: Conflict,
  resolution: Resolution,
  rank: number,
): CodeAction {
  const did = resolutionWords(resolution, conflict);
  const title = `${say(words('Lacuna: preview “{0}”', did.words))}${sideNames(did, conflict.labels, say)}`;
  const parameters: PreviewParams = {
    textDocument: { uri: document.uri },
    position: document.positionAt(conflict.range.start),
    rank,
  };
  return {
    title,
    kind: CodeActionKind.QuickFix,
    command: { title, command: previewCommand, arguments: [parameters] },
  };
}

/** With the version where the client can compare it, so that a document that has changed is not damaged. */
function replacement(
  { namesVersions }: ServerState,
  document: TextDocument,
  { range }: Conflict,
  { text }: Resolution,
): WorkspaceEdit {
  const { uri, version } = document;
  const edits = [{ range: toRange(document, range), newText: text }];
  return namesVersions
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}
