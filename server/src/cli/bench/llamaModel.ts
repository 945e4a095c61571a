// llama.cpp behind our own interface of a model, so that the benchmarks drive both through the same completer: same
// prompts, same pauses, same caches above. Its prompt cache is kept too: what two prompts share is not computed again.
//
// Token healing has no counterpart there. White space at the prompt's end is held back instead, as its clients do; inside a
// word it generates from where the word stands, which costs it no more tokens than healing costs us.

import { stat } from 'node:fs/promises';
import { abortError } from '../../common/abort.js';
import { messageOf } from '../../common/messageOf.js';
import type { Continuation, Finish, GenerateRequest, Generation, LanguageModel, Prompt } from '../../model/index.js';
import { InputError } from '../../common/inputError.js';
import { type LlamaSequence, type LlamaToken, type LlamaWeights, startLlama } from './llamaModule.js';

/** As much as the shipped model's cache holds. */
const CONTEXT_TOKENS = 4096;
/** A prefetch is computed in pieces, between which a request is heard; a request is computed at once. */
const PREFETCH_CHUNK = 64;

export type LlamaModel = LanguageModel & { readonly loadMs: number };

/** Loads a GGUF file. @throws InputError */
export async function startLlamaModel(file: string, threads: number): Promise<LlamaModel> {
  await stat(file).catch(() => {
    throw new InputError(`${file} cannot be read: there is no such file.`);
  });
  const llama = await startLlama(threads);
  const began = performance.now();
  const weights = await llama.loadModel({ modelPath: file }).catch(async (error: unknown) => {
    await llama.dispose();
    throw new InputError(`${file} cannot be loaded by llama.cpp: ${messageOf(error)}.`);
  });
  const context = await weights.createContext({
    contextSize: CONTEXT_TOKENS,
    batchSize: 512,
    threads: { min: threads, ideal: threads },
  });
  const loadMs = performance.now() - began;
  const sequence = context.getSequence();
  const runOne = oneAtATime();
  let waiting = 0;
  return {
    loadMs,
    state: { kind: 'ready', loadMs, name: 'llama.cpp' },
    onStateChange: () => () => undefined,
    ready: () => Promise.resolve(),
    async generate(request, signal) {
      const queuedAt = performance.now();
      waiting++;
      return runOne(() => {
        waiting--;
        if (signal.aborted) throw abortError();
        return generate(weights, sequence, request, performance.now() - queuedAt, signal);
      });
    },
    prefetch: (prompt) =>
      runOne(() => prefetch(weights, sequence, prompt, () => waiting > 0)).then(
        () => waiting === 0,
        () => false,
      ),
    dispose: () => llama.dispose(),
  };
}

async function generate(
  weights: LlamaWeights,
  sequence: LlamaSequence,
  request: GenerateRequest,
  queueMs: number,
  signal: AbortSignal,
): Promise<Generation> {
  const began = performance.now();
  const { ids, heldBack } = tokenize(weights, request.prompt);
  const cachedTokens = await keepSharedPrefix(sequence, ids);
  const generated: LlamaToken[] = [];
  let text = '';
  let promptEnd: number | undefined;
  let finish: Finish = 'endOfText';
  for await (const token of sequence.evaluate(ids.slice(cachedTokens), { temperature: 0 })) {
    promptEnd ??= performance.now();
    if (signal.aborted) throw abortError();
    generated.push(token);
    text = weights.detokenize(generated);
    const lines = text.split('\n');
    if (lines.length > request.maximumLines) {
      text = lines.slice(0, request.maximumLines).join('\n');
      finish = 'lines';
    } else if (generated.length >= request.maximumTokens) finish = 'tokens';
    else if (performance.now() - began > request.maximumMs) finish = 'time';
    else continue;
    break;
  }
  const end = performance.now();
  promptEnd ??= end;
  return {
    continuations: [continuationOf(text, heldBack, generated, finish)],
    timing: {
      promptTokens: ids.length,
      cachedTokens,
      queueMs,
      promptMs: promptEnd - began,
      decodeMs: end - promptEnd,
      tokens: generated.length,
      drafted: 0,
      layersPerToken: 24,
      passes: generated.length,
      exits: {},
    },
  };
}

async function prefetch(
  weights: LlamaWeights,
  sequence: LlamaSequence,
  prompt: Prompt,
  interrupted: () => boolean,
): Promise<void> {
  const { ids } = tokenize(weights, prompt);
  // The last token is left to the request, which needs what comes out of it.
  let at = await keepSharedPrefix(sequence, ids);
  for (; at < ids.length - 1 && !interrupted(); at += PREFETCH_CHUNK) {
    await sequence.evaluateWithoutGeneratingNewTokens(ids.slice(at, Math.min(at + PREFETCH_CHUNK, ids.length - 1)));
  }
}

/** Forgets what the cache holds beyond the tokens that it shares with a prompt; gives their number. */
async function keepSharedPrefix(sequence: LlamaSequence, ids: LlamaToken[]): Promise<number> {
  const shared = Math.min(sequence.compareContextTokens(ids).firstDifferentIndex, ids.length - 1);
  if (sequence.nextTokenIndex > shared) {
    await sequence.eraseContextTokenRanges([{ start: shared, end: sequence.nextTokenIndex }]);
  }
  return shared;
}

/** The same format as our own prompts: file name, suffix, prefix. */
function tokenize(weights: LlamaWeights, prompt: Prompt): { ids: LlamaToken[]; heldBack: string } {
  const special = (text: string): LlamaToken[] => weights.tokenize(text, true);
  const plain = (text: string): LlamaToken[] => (text === '' ? [] : weights.tokenize(text, false));
  const heldBack = /[ \t]*$/.exec(prompt.prefix)?.[0] ?? '';
  return {
    ids: [
      ...(prompt.path === '' ? [] : [...special('<|file_sep|>'), ...plain(`${prompt.path}\n`)]),
      ...special('<|fim_prefix|><|fim_suffix|>'),
      ...plain(prompt.suffix === '' ? '' : `\n${prompt.suffix}`),
      ...special('<|fim_middle|>'),
      ...plain(prompt.prefix.slice(0, prompt.prefix.length - heldBack.length)),
    ],
    heldBack,
  };
}

/** Probabilities are not asked for, as they would cost it time: every token counts as certain. */
function continuationOf(text: string, heldBack: string, ids: readonly LlamaToken[], finish: Finish): Continuation {
  const repeated = text.startsWith(heldBack) ? heldBack.length : /^[ \t]*/.exec(text)![0].length;
  const shown = text.slice(repeated);
  const certain = { logProbability: 0, entropy: 0, layers: 24 };
  return {
    text: shown,
    tokens: ids.map((id, i) => ({
      id,
      start: Math.floor((i * shown.length) / ids.length),
      end: Math.floor(((i + 1) * shown.length) / ids.length),
      ...certain,
    })),
    logProbability: 0,
    finish,
  };
}

/** Runs tasks one after the other, in order; a failed one does not hold up the next. */
function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
