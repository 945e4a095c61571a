// A loaded model: prompts in, continuations out. Runs in the worker; asks between runs whether it is cancelled.

import { abortError, isAbortError } from '../common/abort.js';
import { ContinuationBuilder } from './continuation.js';
import { decode, neverDraft, type DecodeStep, type Stepper } from './decode.js';
import { lookUpDraft } from './draft.js';
import { loadEmbedding, type Embed } from './embedding.js';
import { neverExit } from './exitPolicy.js';
import { forward } from './forward.js';
import { ForcedSpelling } from './healing.js';
import type { KvCache } from './kvCache.js';
import type { Continuation, Finish, GenerateRequest, Generation, Prompt } from './language.js';
import { readManifest, verifyChecksums, type Manifest } from './manifest.js';
import { PromptCaches } from './promptCaches.js';
import { tokenizePrompt } from './prompt.js';
import { openGraphs, type Graphs } from './session.js';
import { PADDING, withStableRows } from './stableRows.js';
import { loadTokenizer, type Tokenizer } from './tokenizer.js';

/**
 * A pass of a prompt should take so many milliseconds: between two passes a cancel is heard, and it shall be heard
 * within 150. Longer passes are cheaper a token, by 7 % from 48 to 128 tokens on two cores.
 */
const PASS_MS = 125;
const SHORTEST_PASS = 32;
const LONGEST_PASS = 256;

export interface Engine extends Stepper {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  /** @throws AbortError as soon as `cancelled` says so; the prompt cache keeps what was computed. */
  generate(request: GenerateRequest, cancelled: () => boolean): Promise<Generation>;
  /** Computes a prompt into its cache. */
  prefetch(prompt: Prompt, cancelled: () => boolean): Promise<void>;
  release(): Promise<void>;
}

/** Opens a model folder. @throws ModelFolderError with one sentence */
export async function loadEngine(folder: string, threads: number): Promise<Engine> {
  const manifest = await readManifest(folder);
  const [tokenizer, embed] = await Promise.all([loadTokenizer(folder, manifest), loadEmbedding(folder, manifest)]);
  await verifyChecksums(folder, manifest);
  const graphs = await withStableRows(await openGraphs(folder, manifest, threads), manifest);
  return createEngine(manifest, tokenizer, embed, graphs);
}

export function createEngine(manifest: Manifest, tokenizer: Tokenizer, embed: Embed, graphs: Graphs): Engine {
  const caches = new PromptCaches(manifest);
  const { hidden: width, vocabulary, layers } = manifest.architecture;
  /** Tokens of the next pass of a prompt, from the time that the last ones took here. */
  let passLength = 48;

  const headRows = async (hidden: Float32Array, count: number): Promise<Float32Array[]> => {
    const logits = await graphs.head.run(hidden, count);
    return Array.from({ length: count }, (_, i) => logits.subarray(i * vocabulary, (i + 1) * vocabulary));
  };
  const stepper: Stepper = {
    async step(cache, ids, exit) {
      const result = await forward(graphs, embed, cache, ids, exit);
      return { logits: await headRows(result.hidden, ids.length), layers: result.layers };
    },
  };

  /**
   * Brings a cache to a prompt, reusing what they share.
   * @param deadline when to give up, on performance.now()'s clock; the cache keeps what was computed
   * @returns the last token's hidden state; undefined when the deadline came first
   */
  const computePrompt = async (
    cache: KvCache,
    ids: readonly number[],
    deadline: number,
    cancelled: () => boolean,
  ): Promise<Float32Array | undefined> => {
    cache.rewindTo(Math.min(cache.sharedPrefixLength(ids), ids.length - 1));
    cache.reserve(ids.length + 1 + PADDING);
    for (;;) {
      if (cancelled()) throw abortError();
      if (performance.now() > deadline) return undefined;
      const pass = ids.slice(cache.length, cache.length + passLength);
      const began = performance.now();
      const { hidden } = await forward(graphs, embed, cache, pass, neverExit);
      if (pass.length >= SHORTEST_PASS) {
        const fitting = (PASS_MS / (performance.now() - began)) * pass.length;
        passLength = Math.round(Math.min(LONGEST_PASS, Math.max(SHORTEST_PASS, 0.7 * passLength + 0.3 * fitting)));
      }
      if (cache.length === ids.length) return hidden.subarray(hidden.length - width);
    }
  };

  const generate = async (request: GenerateRequest, cancelled: () => boolean): Promise<Generation> => {
    const began = performance.now();
    const { ids, forced } = tokenizePrompt(tokenizer, manifest, request.prompt);
    const cache = caches.get(request.prompt.key);
    const cachedTokens = Math.min(cache.sharedPrefixLength(ids), ids.length - 1);
    const hidden = await computePrompt(cache, ids, began + request.maximumMs, cancelled);
    const promptEnd = performance.now();
    if (hidden === undefined) {
      const nothing: Continuation = { text: '', tokens: [], logProbability: 0, finish: 'time' };
      const promptMs = promptEnd - began;
      const timing = {
        promptTokens: ids.length,
        cachedTokens,
        queueMs: 0,
        promptMs,
        decodeMs: 0,
        tokens: 0,
        drafted: 0,
        layersPerToken: 0,
      };
      return { continuations: [nothing], timing };
    }
    const [logits] = await headRows(hidden, 1);

    let tokens = 0;
    let drafted = 0;
    let computedLayers = 0;
    /** Decodes from the cache's end until the builder has enough. */
    const extend = async (
      builder: ContinuationBuilder,
      spelling: ForcedSpelling,
      first: { logits: Float32Array; layers: number },
      record?: (step: DecodeStep) => void,
    ): Promise<Continuation> => {
      let late: Finish | undefined;
      const steps = decode(stepper, cache, first, {
        exit: neverExit,
        draft: request.draft === 'never' ? neverDraft : ({ tokens: known }, next) => lookUpDraft(known, next),
        allowed: () => spelling.allowed(),
        stop: () => builder.finish !== undefined || late !== undefined,
      });
      for await (const step of steps) {
        if (cancelled()) throw abortError();
        tokens++;
        if (step.drafted) drafted++;
        computedLayers += step.layers;
        record?.(step);
        spelling.take(step.id);
        builder.push(step);
        if (performance.now() - began > request.maximumMs) late = 'time';
      }
      return builder.build(builder.finish ?? late ?? 'tokens');
    };

    const forcedBytes = forced.length;
    const greedySteps: DecodeStep[] = [];
    const spelling = new ForcedSpelling(tokenizer, forced);
    /** The first step whose token reaches beyond what is forced: where alternatives begin. */
    let branch: { at: number; spelling: ForcedSpelling } | undefined;
    const continuations = [
      await extend(
        new ContinuationBuilder(tokenizer, forcedBytes, request),
        spelling,
        { logits: logits!, layers },
        (step) => {
          if (branch === undefined && tokenizer.bytes(step.id).length > spelling.remaining) {
            branch = { at: greedySteps.length, spelling: spelling.clone() };
          }
          greedySteps.push(step);
        },
      ),
    ];
    const choices = branch === undefined ? [] : greedySteps[branch.at]!.top.slice(1, request.alternatives);
    for (const choice of choices) {
      if (branch === undefined || performance.now() - began > request.maximumMs) break;
      const builder = new ContinuationBuilder(tokenizer, forcedBytes, request);
      for (const step of greedySteps.slice(0, branch.at)) builder.push(step);
      builder.push({ ...greedySteps[branch.at]!, ...choice });
      if (builder.finish !== undefined) {
        continuations.push(builder.build(builder.finish));
        continue;
      }
      if (cancelled()) throw abortError();
      const left = branch.spelling.clone();
      left.take(choice.id);
      cache.rewindTo(ids.length + branch.at);
      const result = await stepper.step(cache, [choice.id], neverExit);
      continuations.push(await extend(builder, left, { logits: result.logits[0]!, layers: result.layers }));
    }
    const end = performance.now();
    return {
      continuations,
      timing: {
        promptTokens: ids.length,
        cachedTokens,
        queueMs: 0,
        promptMs: promptEnd - began,
        decodeMs: end - promptEnd,
        tokens,
        drafted,
        layersPerToken: tokens === 0 ? 0 : computedLayers / tokens,
      },
    };
  };

  const prefetch = async (prompt: Prompt, cancelled: () => boolean): Promise<void> => {
    const { ids } = tokenizePrompt(tokenizer, manifest, prompt);
    const cache = caches.get(prompt.key);
    if (cache.sharedPrefixLength(ids) < ids.length) await computePrompt(cache, ids, Infinity, cancelled);
  };

  /** A run that failed half-way leaves segments at different lengths: that cache is not used again. */
  const guarded = async <T>(key: string, work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (!isAbortError(error)) caches.delete(key);
      throw error;
    });

  return {
    ...stepper,
    manifest,
    tokenizer,
    generate: (request, cancelled) => guarded(request.prompt.key, generate(request, cancelled)),
    prefetch: (prompt, cancelled) => guarded(prompt.key, prefetch(prompt, cancelled)),
    release: () => graphs.release(),
  };
}
