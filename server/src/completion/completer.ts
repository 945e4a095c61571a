// The life of a request: refuse, look up, wait a moment, ask the model, fit and filter, rank. What outlives a request is
// here too: the caches, the typing rhythm, and what is running for each document.

import { LRUCache } from 'lru-cache';
import { abortError, isAbortError, untilAborted } from '../common/abort.js';
import type { DocumentSnapshot } from '../common/document.js';
import { messageOf } from '../common/messageOf.js';
import type { Continuation, GenerationTiming } from '../model/index.js';
import { BRANCHES } from '../partial/index.js';
import type { SyntaxTree } from '../syntax/index.js';
import { ask, askBranches } from './ask/ask.js';
import { thresholdsOf } from './ask/certainty.js';
import { ContextKeeper } from './context/index.js';
import { learnRhythm, pauseBefore, unknownRhythm } from './when/debounce.js';
import { chooseExtent, needsTree, opensBlock } from './cut/extent.js';
import { fillHole } from './ask/fillHole.js';
import { columnsOf, indentOf } from './place/indentation.js';
import { holesKey, offerHoles, wantsHoles } from './show/offerHoles.js';
import { locate, type Insertion, type Place } from './place/place.js';
import { contextPlace, promptOf } from './ask/prompt.js';
import { none, resultOf, withOffer } from './show/result.js';
import { placeKey, ResultCache, type Answer, type KnownAnswer } from './show/resultCache.js';
import { refuseDocument, refusePlace } from './when/trigger.js';
import type {
  Completer,
  CompleterOptions,
  CompletionRequest,
  CompletionResult,
  CompletionSettings,
  NoSuggestionReason,
} from './types.js';
import { atMost } from './when/waiting.js';
import type { Window } from './place/window.js';

/** A tree that takes longer than this, in milliseconds, is not waited for: indentation decides in its place. */
const TREE_MS = 15;

const MAXIMUM_DOCUMENTS = 200;

/** Milliseconds that a line with holes is waited for: where the line itself would be shown, and where nothing would. */
const WAIT_IN_PLACE_OF_LINE_MS = 300;
const WAIT_IN_PLACE_OF_NOTHING_MS = 1_600;

/** Milliseconds without a request after which what the model will be shown is chosen and computed. */
const IDLE_MS = 700;

/** Code units from a place at which what was chosen for it is looked at anew. */
const FAR = 1500;

/** What is remembered of a document from one request to the next. */
interface DocumentState {
  window: Window | undefined;
  isAfterDeletion: boolean;
  /** The automatic request that a newer one supersedes. */
  running: AbortController | undefined;
  /** What is being computed before it is asked for. */
  ahead: Ahead | undefined;
  readonly context: ContextKeeper;
  /** The offset that it was last chosen for. */
  chosenAt: number;
  /** What is done when nothing is asked for; ends with the next request. */
  idle: AbortController | undefined;
}

interface Ahead {
  readonly key: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

interface ComputedAnswer extends Answer {
  readonly timing: GenerationTiming;
  readonly read: readonly string[];
}

export function createCompleter(options: CompleterOptions): Completer {
  const { model, syntax, logger, now, sleep, context: source } = options;
  const cache = new ResultCache();
  const documents = new LRUCache<string, DocumentState>({ max: MAXIMUM_DOCUMENTS });
  let rhythm = unknownRhythm;

  const stateOf = (uri: string): DocumentState => {
    let state = documents.get(uri);
    if (state === undefined) {
      const context = new ContextKeeper(uri, model);
      state = {
        window: undefined,
        isAfterDeletion: false,
        running: undefined,
        ahead: undefined,
        context,
        chosenAt: 0,
        idle: undefined,
      };
      documents.set(uri, state);
    }
    return state;
  };

  const treeOf = async (place: Place, signal: AbortSignal): Promise<SyntaxTree | undefined> => {
    const { uri, languageId, text } = place.document;
    if (!syntax.supports(languageId)) return undefined;
    const parsing = syntax.parse(languageId, text, uri).catch(() => undefined);
    const tree = await atMost(parsing, TREE_MS, sleep, signal).catch(() => 'late' as const);
    if (tree !== 'late') return tree;
    void parsing.then((lateTree) => lateTree?.delete());
    return undefined;
  };

  /** Asks the model and keeps the answer. */
  const compute = async (
    place: Place,
    settings: CompletionSettings,
    { trigger, alternatives, nearby = [] }: Pick<CompletionRequest, 'trigger' | 'alternatives' | 'nearby'>,
    signal: AbortSignal,
  ): Promise<ComputedAnswer> => {
    const tree = needsTree(place, settings.lines) ? await treeOf(place, signal) : undefined;
    const extent = chooseExtent(place, settings.lines, tree);
    tree?.delete();
    if (signal.aborted) throw abortError();
    // What is asked for by hand is shown however unlikely it is; and of a line that is probably wrong a part may be right,
    // which is seen when it is all there.
    const isWhole = trigger === 'manual' || wantsHoles(settings, place.document.languageId, options.holes?.(), syntax);
    const earlyStopBelow = isWhole ? 0 : thresholdsOf(model, settings.certainty, settings.leastShown).earlyStopBelow;
    const { parts, key } = stateOf(place.document.uri).context;
    const question = { place, extent, alternatives, settings, earlyStopBelow, nearby, start: { parts, key } };
    const { continuations, timing } = await ask(model, question, now, signal);
    const answer = cache.store(place, { continuations, alternatives });
    return { ...answer, timing, read: [...new Set(parts.map(({ path }) => path))] };
  };

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
    const refusal = refusePlace(place, trigger);
    if (refusal !== undefined) return none(refusal);

    const key = placeKey(place);
    if (state.ahead?.key === key) await untilAborted(state.ahead.done, signal);
    else state.ahead?.controller.abort();
    const known = cache.find(place);
    if (known !== undefined && isEnough(known, request, place)) {
      return resultFor(known, place, request, undefined, signal);
    }
    if (trigger === 'automatic' && state.isAfterDeletion) return none('afterDeletion');

    const unready = await waitForModel(request, signal);
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
    const { timing, read, ...answer } = await compute(place, settings, request, signal);
    const result = await resultFor({ ...answer, typed: 0 }, place, request, timing, signal);
    return { ...result, ...(read.length === 0 ? {} : { read }) };
  };

  const resultFor = async (
    answer: KnownAnswer,
    place: Place,
    request: CompletionRequest,
    timing: GenerationTiming | undefined,
    signal: AbortSignal,
  ): Promise<CompletionResult> => {
    const { settings, document } = request;
    const { shown } = thresholdsOf(model, settings.certainty, settings.leastShown);
    const plain = resultOf(answer, place, request, timing, shown);
    const knowledge = options.holes?.();
    if (!wantsHoles(settings, document.languageId, knowledge, syntax)) return plain;
    const isShown = plain.kind === 'suggestions' && request.trigger === 'automatic';
    // Who lets a suggestion take longer waits longer for one with holes, where there is nothing else to show.
    const patience = Math.max(WAIT_IN_PLACE_OF_NOTHING_MS, settings.maximumMs / 2);
    const maximumMs = isShown ? WAIT_IN_PLACE_OF_LINE_MS : patience;
    const branchesFrom = (line: Continuation) => branchesAt(answer, place, settings, line, maximumMs, signal);
    const offer = await offerHoles(answer, place, request, knowledge, syntax, branchesFrom).catch((error: unknown) => {
      if (isAbortError(error)) throw error;
      logger.error(`Holes could not be chosen: ${messageOf(error)}`);
      return undefined;
    });
    return offer === undefined ? plain : withOffer(offer, plain, timing);
  };

  /** What the model might have written in place of an answer's line; kept with the answer. */
  const branchesAt = async (
    { continuations, alternatives, branches: known }: KnownAnswer,
    place: Place,
    settings: CompletionSettings,
    line: Continuation,
    maximumMs: number,
    signal: AbortSignal,
  ): Promise<readonly Continuation[] | undefined> => {
    if (known !== undefined || model.state.kind !== 'ready') return known;
    const { parts, key } = stateOf(place.document.uri).context;
    const wanted = { count: BRANCHES, maximumMs };
    const question = { place, settings, start: { parts, key } };
    const branches = await askBranches(model, question, line, wanted, signal);
    if (branches !== undefined) cache.store(place, { continuations, alternatives, branches });
    return branches;
  };

  const waitForModel = async (
    { trigger, settings }: CompletionRequest,
    signal: AbortSignal,
  ): Promise<NoSuggestionReason | undefined> => {
    if (model.state.kind === 'failed') return 'modelFailed';
    if (model.state.kind === 'ready') return undefined;
    if (trigger === 'automatic') return 'modelLoading';
    const ready = model.ready().then(
      () => undefined,
      () => 'modelFailed' as const,
    );
    const outcome = await atMost(ready, settings.maximumMs, sleep, signal);
    return outcome === 'late' ? 'modelLoading' : outcome;
  };

  /** Computes what will be wanted at a place, unless it is known; ends when the next request comes. */
  const computeAhead = (place: Place, settings: CompletionSettings, state: DocumentState): void => {
    const controller = new AbortController();
    state.ahead?.controller.abort();
    const done = compute(place, settings, { trigger: 'automatic', alternatives: 1 }, controller.signal)
      .then(
        () => undefined,
        (error: unknown) => {
          if (!isAbortError(error)) logger.debug(`Computing ahead failed: ${String(error)}`);
        },
      )
      .finally(() => {
        if (state.ahead?.controller === controller) state.ahead = undefined;
      });
    state.ahead = { key: placeKey(place), controller, done };
  };

  /** Computes the prompt of a place, with what is chosen for it of other files. */
  const computePrompt = async (place: Place, settings: CompletionSettings, state: DocumentState): Promise<void> => {
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
  };

  /** When the user has paused: chooses where that was not done yet or far away, and computes what was chosen. */
  const settleContext = (document: DocumentSnapshot, offset: number, settings: CompletionSettings): void => {
    const state = stateOf(document.uri);
    const isWanted = source !== undefined && settings.context && model.state.kind === 'ready';
    const isNear = Math.abs(offset - state.chosenAt) < FAR;
    if (!isWanted || (state.context.isSettled && isNear)) return;
    state.idle?.abort();
    const { signal } = (state.idle = new AbortController());
    void sleep(IDLE_MS, signal)
      .then(() => computePrompt(locate(document, offset, state.window), settings, state))
      .catch(() => undefined);
  };

  return {
    async complete(request, signal) {
      if (signal.aborted) throw abortError();
      const state = stateOf(request.document.uri);
      state.running?.abort();
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
        if (!own.signal.aborted) settleContext(request.document, request.offset, request.settings);
      }
    },

    changed(uri, { insertedLength, removedLength }) {
      rhythm = learnRhythm(rhythm, insertedLength, now());
      if (insertedLength > 0) stateOf(uri).isAfterDeletion = false;
      else if (removedLength > 0) stateOf(uri).isAfterDeletion = true;
    },

    async prepare(document, offset, settings) {
      if (refuseDocument({ document, settings }) !== undefined || model.state.kind !== 'ready') return;
      const state = stateOf(document.uri);
      const place = locate(document, offset, state.window);
      if (refusePlace(place, 'manual') !== undefined) return;
      state.window = place.window;
      const computed = computePrompt(place, settings, state);
      // The next request parses only what has changed by then.
      if (syntax.supports(document.languageId)) {
        void syntax.parse(document.languageId, document.text, document.uri).then(
          (tree) => tree?.delete(),
          () => undefined,
        );
      }
      await computed.catch((error: unknown) => logger.debug(`Computing ahead failed: ${String(error)}`));
    },

    accepted(document, offset, settings) {
      if (refuseDocument({ document, settings }) !== undefined || model.state.kind !== 'ready') return;
      const state = stateOf(document.uri);
      const place = locate(document, offset, state.window);
      if (refusePlace(place, 'automatic') !== undefined) return;
      state.window = place.window;
      const known = cache.find(place);
      if (known === undefined) computeAhead(place, settings, state);
      else if (isFinished(known) && place.rest.trim() === '') {
        // The line is whole, so what comes next is a new line, indented as the editor will indent it.
        const next = locate(document, offset, state.window, newLineAfter(place));
        if (cache.find(next) === undefined) computeAhead(next, settings, state);
      } else void model.prefetch(promptOf(place, state.context));
    },

    fill(request, signal) {
      const { uri } = request.document;
      return fillHole(model, syntax, stateOf(uri), request, holesKey(uri), signal);
    },

    closed(uri) {
      const state = documents.get(uri);
      state?.running?.abort();
      state?.ahead?.controller.abort();
      state?.idle?.abort();
      documents.delete(uri);
      cache.forget(uri);
      syntax.forget(uri);
      syntax.forget(holesKey(uri));
    },
  };
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
  if (known.alternatives < request.alternatives) return false;
  const [first] = known.continuations;
  // The time was up, mostly since the prompt was new to the model; now it is not.
  if (known.typed === 0 && first?.finish === 'time') return false;
  // The line was given up, but now it is wanted all the same.
  if (request.trigger === 'manual' && first?.finish === 'earlyStop') return false;
  if (first?.text !== '') return true;
  // All of it is typed. Only a finished line says what comes next: nothing, unless the line opens a block.
  return isFinished(known) && (known.typed === 0 || !opensBlock(place.linePrefix, place.document.languageId));
}

function isFinished({ continuations }: Answer): boolean {
  return continuations[0]?.text === '' && continuations[0].finish === 'lines';
}

function newLineAfter({ document, linePrefix, indentation, range }: Place): Insertion {
  const level = opensBlock(linePrefix, document.languageId) ? indentation.width : 0;
  return { range, text: `\n${indentOf(columnsOf(linePrefix, indentation) + level, indentation)}` };
}
