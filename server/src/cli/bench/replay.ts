// Replays recorded typing through a completer in real time, as the editor does: every key is a change and an automatic
// request, and a newer request ends the older one. Where the user waits, the time from the key to the answer is taken.

import { isAbortError } from '../../common/abort.js';
import type { DocumentSnapshot } from '../../common/document.js';
import type { Completer, CompletionResult, CompletionSettings } from '../../completion/index.js';
import type { Key, Trace } from './trace.js';

/** A wait of the user, and what came of it. */
export interface Wait {
  /** Which wait of the trace; the same in every replay of it. */
  readonly index: number;
  /** The first request of the document: nothing of its prompt had been computed. */
  readonly cold: boolean;
  readonly ms: number;
  readonly result: CompletionResult | undefined;
  readonly document: DocumentSnapshot;
  readonly offset: number;
}

export interface Replay {
  readonly keys: number;
  /** What came of every key whose request no newer one ended. */
  readonly results: readonly CompletionResult[];
  readonly waits: readonly Wait[];
}

/** @param isWarm whether the prompt was prepared before the first key */
export async function replay(
  completer: Completer,
  trace: Trace,
  settings: CompletionSettings,
  signal: AbortSignal,
  { isWarm = false }: { readonly isWarm?: boolean } = {},
): Promise<Replay> {
  const editor = openEditor(completer, trace, settings);
  const results: CompletionResult[] = [];
  const waits: Wait[] = [];
  let requests = isWarm ? 1 : 0;
  try {
    if (isWarm) await editor.rest();
    for (const key of trace.keys) {
      signal.throwIfAborted();
      const began = performance.now();
      const pending = editor.press(key)?.then((answer) => {
        if (answer.result !== undefined && isComputed(answer.result)) results.push(answer.result);
        return answer;
      });
      const cold = pending !== undefined && requests++ === 0;
      if (key.pause === 0 || pending === undefined) {
        await untilMs(began, key.every);
        continue;
      }
      const { document, offset } = editor.current();
      const answer = await pending;
      waits.push({ index: waits.length, cold, document, offset, ...answer });
      await untilMs(began, key.pause);
    }
    return { keys: trace.keys.length, waits, results };
  } finally {
    editor.close();
  }
}

/** Whether the model was asked, or an earlier answer was found. */
function isComputed(result: CompletionResult): boolean {
  return result.timing !== undefined || (result.kind === 'suggestions' && result.source === 'cache');
}

interface Answer {
  readonly ms: number;
  readonly result: CompletionResult | undefined;
}

/** The little of an editor that the completer sees. */
function openEditor(completer: Completer, trace: Trace, settings: CompletionSettings) {
  const uri = `bench:/${trace.path}`;
  let document: DocumentSnapshot = {
    uri,
    languageId: trace.languageId,
    version: 1,
    text: trace.text,
    path: trace.path,
  };
  let { offset } = trace;
  let running: AbortController | undefined;
  return {
    current: () => ({ document, offset }),
    /**
     * The cursor rests until all is prepared, as when somebody looks at a file before typing. What takes longer than one
     * turn of computing ahead may take is taken up again.
     */
    async rest(): Promise<void> {
      for (let turn = 0; turn < TURNS; turn++) await completer.prepare(document, offset, settings);
    },
    /** Presses a key; gives the answer of the request that it causes, if it causes one. */
    press(key: Key): Promise<Answer> | undefined {
      running?.abort();
      if (key.moveBehind !== undefined) {
        const at = document.text.indexOf(key.moveBehind);
        if (at === -1) throw new Error(`The recording of ${trace.path} moves behind a text that is not there.`);
        offset = at + key.moveBehind.length;
        void completer.prepare(document, offset, settings);
        return undefined;
      }
      const kept = offset - key.remove;
      const text = document.text.slice(0, kept) + key.insert + document.text.slice(offset);
      document = { ...document, version: document.version + 1, text };
      offset = kept + key.insert.length;
      completer.changed(uri, { insertedLength: key.insert.length, removedLength: key.remove });
      running = new AbortController();
      return ask(completer, document, offset, settings, running.signal);
    },
    close(): void {
      running?.abort();
      completer.closed(uri);
    },
  };
}

/** Makes an automatic request and takes its time; a superseded one has no result. */
async function ask(
  completer: Completer,
  document: DocumentSnapshot,
  offset: number,
  settings: CompletionSettings,
  signal: AbortSignal,
): Promise<Answer> {
  const began = performance.now();
  const result = await completer
    .complete({ document, offset, trigger: 'automatic', alternatives: 1, settings }, signal)
    .catch((error: unknown) => {
      if (isAbortError(error)) return undefined;
      throw error;
    });
  return { ms: performance.now() - began, result };
}

/**
 * Types a suggestion, one character after the other, right after it was asked for.
 * @returns milliseconds from each key to its answer, for the keys whose answer still held a suggestion
 */
export async function typeAlong(
  completer: Completer,
  { document, offset }: Pick<Wait, 'document' | 'offset'>,
  settings: CompletionSettings,
  signal: AbortSignal,
): Promise<number[]> {
  const trace: Trace = {
    path: `along/${document.path}`,
    languageId: document.languageId,
    text: document.text,
    offset,
    keys: [],
  };
  const editor = openEditor(completer, trace, settings);
  const times: number[] = [];
  try {
    const first = await ask(completer, editor.current().document, offset, settings, signal);
    if (first.result?.kind !== 'suggestions') return [];
    const text = first.result.suggestions[0]?.text.split('\n')[0] ?? '';
    // The last character leaves nothing to suggest, so it would ask the model anew.
    for (const insert of text.slice(0, Math.min(ALONG_KEYS, text.length - 1))) {
      const answer = await editor.press({ insert, remove: 0, every: 0, pause: 0 });
      if (answer?.result?.kind === 'suggestions') times.push(answer.ms);
    }
    return times;
  } finally {
    editor.close();
  }
}

const ALONG_KEYS = 8;

/** Turns of preparing before the first key; those with nothing left to do take no time. */
const TURNS = 6;

function untilMs(began: number, ms: number): Promise<void> {
  const left = ms - (performance.now() - began);
  return left <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, left));
}
