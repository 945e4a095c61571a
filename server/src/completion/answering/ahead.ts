// What is computed before it is asked for: the prompt of the place where the cursor rests, and what follows a suggestion
// that was accepted. All of it ends with the next request.

import { isAbortError } from '../../common/abort.js';
import type { DocumentSnapshot } from '../../common/document.js';
import { contextPlace, promptOf } from '../ask/prompt.js';
import { opensBlock } from '../cut/extent.js';
import { columnsOf, indentOf } from '../place/indentation.js';
import { locate, type Insertion, type Place } from '../place/place.js';
import { isFinished, placeKey } from '../show/resultCache.js';
import type { CompletionSettings } from '../types.js';
import { compute } from './compute.js';
import type { DocumentState } from './documents.js';
import type { Tools } from './tools.js';

/** Milliseconds without a request after which what the model will be shown is chosen and computed. */
const IDLE_MS = 700;

/** Code units from a place at which what was chosen for it is looked at anew. */
const FAR = 1500;

/** Computes the prompt of a place, with what is chosen for it of other files. */
export async function computePrompt(
  { model, context: source }: Tools,
  place: Place,
  settings: CompletionSettings,
  state: DocumentState,
): Promise<void> {
  state.idle?.abort();
  const { signal } = (state.idle = new AbortController());
  if (source === undefined || !settings.context) {
    state.context.clear();
    await model.prefetch(promptOf(place, state.context));
    return;
  }
  state.chosenAt = place.range.start;
  const cursor = { uri: place.document.uri, offset: place.range.start };
  await state.context.prepare(
    (parts, key) => promptOf(place, { parts, key }),
    (previous, own) => source(contextPlace(place), cursor, previous, own),
    signal,
  );
}

/** When the user has paused: chooses where that was not done yet or far away, and computes what was chosen. */
export function settleContext(
  tools: Tools,
  document: DocumentSnapshot,
  offset: number,
  settings: CompletionSettings,
): void {
  const state = tools.documents.of(document.uri);
  const isWanted = tools.context !== undefined && settings.context && tools.model.state.kind === 'ready';
  const isNear = Math.abs(offset - state.chosenAt) < FAR;
  if (!isWanted || (state.context.isSettled && isNear)) return;
  state.idle?.abort();
  const { signal } = (state.idle = new AbortController());
  void tools
    .sleep(IDLE_MS, signal)
    .then(() => computePrompt(tools, locate(document, offset, state.window), settings, state))
    .catch(() => undefined);
}

/** What comes after a suggestion that was accepted: what is left of a known answer, or the next line. */
export function computeNext(tools: Tools, place: Place, settings: CompletionSettings, state: DocumentState): void {
  const { cache, model } = tools;
  const known = cache.find(place);
  if (known === undefined) computeAhead(tools, place, settings, state);
  else if (isFinished(known) && place.rest.trim() === '') {
    // The line is whole, so what comes next is a new line, indented as the editor will indent it.
    const next = locate(place.whole, place.range.start, state.window, newLineAfter(place));
    if (cache.find(next) === undefined) computeAhead(tools, next, settings, state);
  } else void model.prefetch(promptOf(place, state.context));
}

function computeAhead(tools: Tools, place: Place, settings: CompletionSettings, state: DocumentState): void {
  const controller = new AbortController();
  state.ahead?.controller.abort();
  const done = compute(tools, place, settings, { trigger: 'automatic', alternatives: 1 }, controller.signal)
    .then(
      () => undefined,
      (error: unknown) => {
        if (!isAbortError(error)) tools.logger.debug(`Computing ahead failed: ${String(error)}`);
      },
    )
    .finally(() => {
      if (state.ahead?.controller === controller) state.ahead = undefined;
    });
  state.ahead = { key: placeKey(place), controller, done };
}

function newLineAfter({ document, linePrefix, indentation, range }: Place): Insertion {
  const level = opensBlock(linePrefix, document.languageId) ? indentation.width : 0;
  return { range, text: `\n${indentOf(columnsOf(linePrefix, indentation) + level, indentation)}` };
}
