// The life of a request: refuse, look up, wait a moment, ask the model, fit and filter, rank. What outlives a request is
// here too: the caches, the typing rhythm, and what is running for each document.

import { abortError, untilAborted } from '../common/abort.js';
import { messageOf } from '../common/messageOf.js';
import { computeNext, computePrompt, settleContext } from './answering/ahead.js';
import { compute } from './answering/compute.js';
import { Documents, type DocumentState } from './answering/documents.js';
import { resultFor } from './answering/resultFor.js';
import type { Tools } from './answering/tools.js';
import { writeBlock } from './answering/writeBlock.js';
import { fillHole } from './ask/fillHole.js';
import { promptOf } from './ask/prompt.js';
import { opensBlock } from './cut/extent.js';
import { locate, type Insertion, type Place } from './place/place.js';
import { holesKey } from './show/offerHoles.js';
import { none } from './show/result.js';
import { isFinished, placeKey, ResultCache, type KnownAnswer } from './show/resultCache.js';
import type {
  CompleterOptions,
  CompletionRequest,
  CompletionResult,
  MeasuredCompleter,
  NoSuggestionReason,
} from './types.js';
import { learnRhythm, pauseBefore, unknownRhythm } from './when/debounce.js';
import { refuseDocument, refusePlace } from './when/trigger.js';
import { atMost } from './when/waiting.js';

export function createCompleter(options: CompleterOptions): MeasuredCompleter {
  const { model, syntax, logger, now, sleep } = options;
  const documents = new Documents(model);
  const cache = new ResultCache();
  const tools: Tools = { ...options, documents, cache };
  let rhythm = unknownRhythm;

  const completeUnsuperseded = async (
    request: CompletionRequest,
    state: DocumentState,
    signal: AbortSignal,
  ): Promise<CompletionResult> => {
    const { document, offset, trigger, settings } = request;
    const insertion = insertionOf(request);
    if (insertion === 'doesNotFit') return none('doesNotFitSelection');
    const place = locate(document, offset, state.window, insertion);
    state.window = place.window;
    const refusal = refusePlace(place, trigger, settings);
    if (refusal !== undefined) return none(refusal);

    const key = placeKey(place);
    if (state.ahead?.key === key) await untilAborted(state.ahead.done, signal);
    else state.ahead?.controller.abort();
    const known = cache.find(place);
    if (known !== undefined && isEnough(known, request, place)) {
      return resultFor(tools, known, place, request, undefined, signal);
    }
    if (trigger === 'automatic' && state.isAfterDeletion) return none('afterDeletion');

    const unready = await waitForModel(tools, request, signal);
    if (unready !== undefined) return none(unready);
    if (trigger === 'automatic') {
      const pause = pauseBefore(rhythm, settings.debounce, now());
      if (pause > 0) {
        // Whether this key or the next one asks, the prompt begins like this.
        void model.prefetch(promptOf(place, state.context));
        await sleep(pause, signal);
      }
    }
    if (signal.aborted) throw abortError();
    const { timing, read, ...answer } = await compute(tools, place, settings, request, signal);
    const result = await resultFor(tools, { ...answer, typed: 0 }, place, request, timing, signal);
    return { ...result, ...(read.length === 0 ? {} : { read }) };
  };

  return {
    async complete(request, signal) {
      if (signal.aborted) throw abortError();
      const state = documents.of(request.document.uri);
      state.running?.abort();
      state.following?.controller.abort();
      state.idle?.abort();
      const refusal = refuseDocument(request);
      if (refusal !== undefined) return none(refusal);
      const own = new AbortController();
      state.running = request.trigger === 'automatic' ? own : undefined;
      try {
        return await completeUnsuperseded(request, state, AbortSignal.any([signal, own.signal]));
      } catch (error) {
        if (signal.aborted) throw abortError();
        if (own.signal.aborted) return none('superseded');
        logger.error(`The model could not answer: ${messageOf(error)}`);
        return none('modelFailed');
      } finally {
        if (state.running === own) state.running = undefined;
        if (!own.signal.aborted) settleContext(tools, request.document, request.offset, request.settings);
      }
    },

    changed(uri, { insertedLength, removedLength }) {
      rhythm = learnRhythm(rhythm, insertedLength, now());
      const state = documents.of(uri);
      state.following?.controller.abort();
      if (insertedLength > 0) state.isAfterDeletion = false;
      else if (removedLength > 0) state.isAfterDeletion = true;
    },

    async prepare(document, offset, settings) {
      if (refuseDocument({ document, settings }) !== undefined || model.state.kind !== 'ready') return;
      const state = documents.of(document.uri);
      if (state.following?.offset !== offset) state.following?.controller.abort();
      const place = locate(document, offset, state.window);
      if (refusePlace(place, 'manual', settings) !== undefined) return;
      state.window = place.window;
      const computed = computePrompt(tools, place, settings, state);
      // The next request parses only what has changed by then.
      const { languageId, text } = place.document;
      if (syntax.supports(languageId)) {
        void syntax.parse(languageId, text, document.uri).then(
          (tree) => tree?.delete(),
          () => undefined,
        );
      }
      await computed.catch((error: unknown) => logger.debug(`Computing ahead failed: ${String(error)}`));
    },

    accepted(document, offset, settings) {
      if (refuseDocument({ document, settings }) !== undefined || model.state.kind !== 'ready') return;
      const state = documents.of(document.uri);
      const place = locate(document, offset, state.window);
      if (refusePlace(place, 'automatic', settings) !== undefined) return;
      state.window = place.window;
      computeNext(tools, place, settings, state);
    },

    fill(request, signal) {
      const { uri } = request.document;
      return fillHole(model, syntax, documents.of(uri), request, holesKey(uri), signal);
    },

    closed(uri) {
      documents.close(uri);
      cache.forget(uri);
      syntax.forget(uri);
      syntax.forget(holesKey(uri));
    },

    isPrepared: (uri) => documents.of(uri).context.isSettled,

    writeBlock: (document, offset, settings, signal) => writeBlock(tools, document, offset, settings, signal),
  };
}

/** Why there is nothing to be had from the model yet; undefined once it is ready. */
async function waitForModel(
  { model, sleep }: Tools,
  { trigger, settings }: CompletionRequest,
  signal: AbortSignal,
): Promise<NoSuggestionReason | undefined> {
  if (model.state.kind === 'failed') return 'modelFailed';
  if (model.state.kind === 'ready') return undefined;
  if (trigger === 'automatic') return 'modelLoading';
  const ready = model.ready().then(
    () => undefined,
    () => 'modelFailed' as const,
  );
  const outcome = await atMost(ready, settings.maximumMs, sleep, signal);
  return outcome === 'late' ? 'modelLoading' : outcome;
}

/** The list's selected item, where a suggestion can continue it: it must stand around the cursor, on its line. */
function insertionOf({
  document,
  offset,
  selectedCompletion,
}: CompletionRequest): Insertion | undefined | 'doesNotFit' {
  if (selectedCompletion === undefined) return undefined;
  const { start, end } = selectedCompletion.range;
  const isAround = start >= 0 && start <= offset && offset <= end && end <= document.text.length;
  if (!isAround || /[\r\n]/.test(document.text.slice(start, end))) return 'doesNotFit';
  return selectedCompletion;
}

/** Whether a known answer serves a request without the model. */
function isEnough(known: KnownAnswer, request: CompletionRequest, place: Place): boolean {
  const { settings, trigger } = request;
  if (known.alternatives < request.alternatives || known.settings.lines !== settings.lines) return false;
  const [first] = known.continuations;
  // The time was up, mostly since the prompt was new to the model; now it is not.
  if (known.typed === 0 && first?.finish === 'time') return false;
  // The line was given up, but now it may be wanted all the same.
  const isOtherwise = known.settings.certainty !== settings.certainty || known.settings.holes !== settings.holes;
  if (first?.finish === 'earlyStop' && (trigger === 'manual' || isOtherwise)) return false;
  if (first?.text !== '') return true;
  // All of it is typed. Only a finished line says what comes next: nothing, unless the line opens a block.
  return isFinished(known) && (known.typed === 0 || !opensBlock(place.linePrefix, place.document.languageId));
}
