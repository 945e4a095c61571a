// What to suggest at a place of a document, for every request that asks for it: settings, time and the status bar.

import type { Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  isSecretFile,
  type CompletionRequest,
  type CompletionResult,
  type Suggestion,
} from '../../completion/index.js';
import { inEnglish } from '../../common/words.js';
import type { Documents } from '../state/documents.js';
import { explain } from '../state/explanation.js';
import { completionSettings } from '../state/settings.js';
import type { ServerState } from '../state/state.js';

export interface Suggested {
  /** That the suggestions are for; it has not changed meanwhile. */
  readonly document: TextDocument;
  readonly suggestions: readonly Suggestion[];
  readonly holesFollow?: Suggesting['holesFollow'];
}

type Suggesting = Extract<CompletionResult, { kind: 'suggestions' }>;

export interface Asked extends Pick<CompletionRequest, 'trigger' | 'alternatives' | 'holesMayFollow'> {
  readonly selected?: (document: TextDocument) => CompletionRequest['selectedCompletion'];
  /** The most lines of a suggestion, where the client takes fewer than the settings allow. */
  readonly mostLines?: number;
}

/** Other open documents that are looked into for what repeats, and how much of each. */
const NEARBY_DOCUMENTS = 4;
const NEARBY_CODE_UNITS = 20_000;

/** @returns undefined where there is no answer: the document is not open or has changed, or somebody waits no longer */
export async function suggestAt(
  state: ServerState,
  uri: string,
  position: Position,
  { selected, mostLines, ...asked }: Asked,
  signal: AbortSignal,
): Promise<Suggested | undefined> {
  const document = state.documents.textDocument(uri);
  const snapshot = state.documents.snapshot(uri);
  if (document === undefined || snapshot === undefined || state.work.isPaused) return undefined;
  const offset = document.offsetAt(position);
  const selectedCompletion = selected?.(document);

  const began = state.now();
  const end = state.status.begin();
  try {
    const settings = completionSettings(await state.settings.of(uri), snapshot.languageId, state.ownThreshold);
    const request: CompletionRequest = {
      document: snapshot,
      offset,
      ...asked,
      settings: {
        ...settings,
        ...(mostLines === undefined ? {} : { lines: mostLines }),
        // A hole that cannot be walked to would be a text that is wrong.
        ...(state.snippetForm === undefined ? { holes: 'off' } : {}),
      },
      nearby: textsNearby(state.documents, uri),
      ...(selectedCompletion === undefined ? {} : { selectedCompletion }),
    };
    const result = await state.work.run((own) => state.completer.complete(request, own), signal);
    if (result === undefined || signal.aborted || !state.documents.isCurrent(document, snapshot.version)) {
      end();
      return undefined;
    }
    const latencyMs = state.now() - began;
    end({ result, latencyMs });
    state.explanation = explain(result, latencyMs, state.model.state);
    state.logger.debug(state.explanation.figures.map(inEnglish).join(' '));
    if (result.kind === 'none') {
      state.logger.debug(`Nothing is suggested: ${result.reason}.`);
      return { document, suggestions: [] };
    }
    const { suggestions, holesFollow } = result;
    return { document, suggestions, ...(holesFollow === undefined ? {} : { holesFollow }) };
  } catch (error) {
    end();
    throw error;
  }
}

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
