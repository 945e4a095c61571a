// One request: the prompt, the greedy continuation, alternatives that begin with other tokens, and branches off it.

import type { Continuation, GenerateRequest, Generation, GenerationTiming } from '../language.js';
import type { DecodeStep } from '../passes/decode.js';
import { ForcedSpelling } from '../tokens/healing.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { branchOff } from './branchOff.js';
import { Counts } from './counts.js';
import { builderOf, continueFrom, drafterOf, estimatorOf, extend, type GeneratorParts, type Run } from './run.js';

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
  const cachedTokens = cache.reusableLength(ids);
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
  const builder = builderOf(run, request);
  const line = await extend(run, first!, { builder, spelling, estimator: estimatorOf(run), record });
  const continuations = [line];
  const choices = branchPoint === undefined ? [] : greedy[branchPoint]!.top.slice(1, request.alternatives);
  for (const choice of choices) {
    if (branchPoint === undefined || performance.now() > run.deadline) break;
    const point = { at: branchPoint, choice };
    continuations.push(await continueFrom(run, greedy, point, builderOf(run, request), estimatorOf(run)));
  }
  const branches = await branchOff(run, line, greedy);
  return { continuations, ...(branches === undefined ? {} : { branches }), timing: timing() };
}
