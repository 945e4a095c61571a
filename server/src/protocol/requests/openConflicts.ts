// What every request about conflicts begins with: the document, whether conflicts are answered in it, and what is marked.

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSnapshot } from '../../common/document.js';
import type { Conflict, ConflictFile, ResolutionResult } from '../../merge/index.js';
import type { ServerState } from '../state/state.js';
import type { Settings } from '../state/settings.js';

export interface OpenConflicts {
  readonly snapshot: DocumentSnapshot;
  readonly settings: Settings;
  readonly file: ConflictFile;
  /** The document, for positions; undefined once it has changed or is closed, and an answer is of no use. */
  readonly current: () => TextDocument | undefined;
}

/** @returns undefined where the document is not open or conflicts are not answered in it */
export async function openConflicts(state: ServerState, uri: string): Promise<OpenConflicts | undefined> {
  const settings = await state.settings.of(uri);
  const snapshot = state.documents.snapshot(uri);
  if (snapshot === undefined || !settings.enable || !settings.merge.enable) return undefined;
  return {
    snapshot,
    settings,
    file: await state.conflicts.of(snapshot),
    current: () => {
      const document = state.documents.textDocument(uri);
      return document?.version === snapshot.version ? document : undefined;
    },
  };
}

/** The answers to a conflict, with the document that they are for; undefined when it has changed meanwhile. */
export async function answered(
  state: ServerState,
  { snapshot, current }: OpenConflicts,
  { index }: Conflict,
  signal: AbortSignal,
): Promise<{ readonly document: TextDocument; readonly result: ResolutionResult } | undefined> {
  const result = await state.conflicts.answer(snapshot, index, signal);
  const document = current();
  return document === undefined ? undefined : { document, result };
}
