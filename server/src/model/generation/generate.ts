// One request: the prompt, the greedy continuation, alternatives that begin with other tokens, and branches off it.

import type { Continuation, GenerateRequest, Generation, GenerationTiming } from '../language.js';
import type { DecodeStep } from '../passes/decode.js';
import { ForcedSpelling } from '../tokens/healing.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { continueBeside } from './beside.js';
import { branchOff } from './branchOff.js';
import { Counts } from './counts.js';
import { extend } from './extend.js';
import { builderOf, drafterOf, estimatorOf, type GeneratorParts, type Run } from './run.js';
import { Writer } from './writer.js';

/** @throws AbortError as soon as `cancelled` says so; the prompt cache keeps what was computed. */
export async function generate(
  parts: GeneratorParts,
  request: GenerateRequest,
  cancelled: () => boolean,
): Promise<Generation> {
  const { manifest, tokenizer, caches, promptPass, stepper } = parts;
  const began = performance.now();
  const { ids, forced } = tokenizePrompt(tokenizer, manifest, request.prompt);
  const cache = caches.get(request.prompt.key);
  const cachedTokens = promptPass.cachedLength(cache, ids);
  const hidden = await promptPass.compute(cache, ids, began + request.maximumMs, cancelled);
  const promptEnd = performance.now();
  const counts = new Counts();
  const timing = (): GenerationTiming => ({
    promptTokens: ids.length,
    cachedTokens,
    queueMs: 0,
    promptMs: promptEnd - began,
    decodeMs: performance.now() - promptEnd,
    ...counts.report(),
  });
  if (hidden === undefined) {
    const nothing: Continuation = { text: '', tokens: [], logProbability: 0, finish: 'time' };
    return { continuations: [nothing], timing: timing() };
  }
  const [first] = stepper.rowsOf(hidden, 1, manifest.architecture.layers);
  const deadline = Math.min(began + request.maximumMs, promptEnd + (request.maximumDecodeMs ?? Infinity));
  const draft = drafterOf(parts, request);
  const run: Run = { parts, request, cancelled, ids, forced, cache, draft, counts, deadline };

  const greedy: DecodeStep[] = [];
  const spelling = new ForcedSpelling(tokenizer, forced);
  /** The first step whose token reaches beyond what is forced: where alternatives begin. */
  let branchPoint: number | undefined;
  const record = (step: DecodeStep): void => {
    if (branchPoint === undefined && tokenizer.bytes(step.id).length > spelling.remaining) branchPoint = greedy.length;
    greedy.push(step);
  };
  const writer = new Writer(run, { builder: builderOf(run, request), spelling, estimator: estimatorOf(run), record });
  await extend(run, first!, writer);
  const line = writer.build();
  const others = await alternatives(run, greedy, branchPoint);
  const branches = await branchOff(run, line, greedy);
  return { continuations: [line, ...others], ...(branches === undefined ? {} : { branches }), timing: timing() };
}

/** Continuations that begin with other tokens than the greedy one; none where its time is over. */
async function alternatives(
  run: Run,
  greedy: readonly DecodeStep[],
  at: number | undefined,
): Promise<readonly Continuation[]> {
  const { request } = run;
  if (at === undefined || performance.now() > run.deadline) return [];
  const beginnings = greedy[at]!.top.slice(1, request.alternatives).map((choice) => ({
    point: { at, choice },
    builder: builderOf(run, request),
    estimator: estimatorOf(run),
  }));
  try {
    return await continueBeside(run, greedy, beginnings);
  } finally {
    run.cache.dropTree();
  }
}
