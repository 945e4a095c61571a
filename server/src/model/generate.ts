// One request: the prompt, the greedy continuation, and alternatives that begin with other tokens.

import { abortError } from '../common/abort.js';
import { ContinuationBuilder } from './continuation.js';
import { decode, neverDraft, type DecodePolicies, type DecodeStep, type Row, type Stepper } from './decode.js';
import { createDrafter } from './draft/drafter.js';
import type { Plan } from './draft/plan.js';
import type { ReferenceIndex } from './draft/reference.js';
import { neverExit } from './exitPolicy.js';
import type { Exits } from './exits.js';
import { ForcedSpelling } from './healing.js';
import { LineJudge } from './judge.js';
import type { Continuation, Finish, GenerateRequest, Generation, GenerationTiming } from './language.js';
import { createExitPolicy, type LineState } from './leaveEarly.js';
import type { Manifest } from './manifest.js';
import { tokenizePrompt } from './prompt.js';
import type { PromptCaches } from './promptCaches.js';
import type { PromptPass } from './promptPass.js';
import type { Tokenizer } from './tokenizer.js';

/** What requests share. */
export interface GeneratorParts {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  readonly caches: PromptCaches;
  readonly promptPass: PromptPass;
  readonly stepper: Stepper;
  readonly exits: Exits | undefined;
  readonly plan: Plan;
  readonly references: ReferenceIndex;
}

/** @throws AbortError as soon as `cancelled` says so; the prompt cache keeps what was computed. */
export async function generate(
  parts: GeneratorParts,
  request: GenerateRequest,
  cancelled: () => boolean,
): Promise<Generation> {
  const { manifest, tokenizer, caches, promptPass, stepper } = parts;
  const { layers } = manifest.architecture;
  const began = performance.now();
  const { ids, forced } = tokenizePrompt(tokenizer, manifest, request.prompt);
  const cache = caches.get(request.prompt.key);
  const cachedTokens = cache.reusableLength(ids);
  const hidden = await promptPass.compute(cache, ids, began + request.maximumMs, cancelled);
  const promptEnd = performance.now();
  const deadline = Math.min(began + request.maximumMs, promptEnd + (request.maximumDecodeMs ?? Infinity));
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
  const [first] = stepper.rowsOf(hidden, 1, layers);
  const draft = drafterOf(parts, request);

  /** Decodes from the cache's end until the builder has enough. */
  const extend = async (
    builder: ContinuationBuilder,
    spelling: ForcedSpelling,
    judge: LineJudge | undefined,
    from: Row,
    record?: (step: DecodeStep) => void,
  ): Promise<Continuation> => {
    let late: Finish | undefined;
    const steps = decode(counts.passesOf(stepper), cache, from, {
      exit: exitOf(parts, request, judge, spelling),
      draft,
      allowed: () => spelling.allowed(),
      stop: () => builder.finish !== undefined || late !== undefined,
    });
    for await (const step of steps) {
      if (cancelled()) throw abortError();
      counts.add(step);
      record?.(step);
      const right = await judge?.judge(step, spelling.remaining);
      const isForced = spelling.remaining > 0;
      spelling.take(step.id);
      builder.push(step, right);
      if (!isForced && right !== undefined && right < (request.goOnAbove ?? 0)) late = 'unsure';
      if (performance.now() > deadline) late = 'time';
    }
    return builder.build(builder.finish ?? late ?? 'tokens');
  };

  const greedySteps: DecodeStep[] = [];
  const spelling = new ForcedSpelling(tokenizer, forced);
  /** The first step whose token reaches beyond what is forced: where alternatives begin. */
  let branch: number | undefined;
  const builderOf = (): ContinuationBuilder => new ContinuationBuilder(tokenizer, forced.length, request);
  const continuations = [
    await extend(builderOf(), spelling, judgeOf(parts, request, ids), first!, (step) => {
      if (branch === undefined && tokenizer.bytes(step.id).length > spelling.remaining) {
        branch = greedySteps.length;
      }
      greedySteps.push(step);
    }),
  ];
  const choices = branch === undefined ? [] : greedySteps[branch]!.top.slice(1, request.alternatives);
  for (const choice of choices) {
    if (branch === undefined || performance.now() > deadline) break;
    const builder = builderOf();
    const judge = judgeOf(parts, request, ids);
    const left = new ForcedSpelling(tokenizer, forced);
    const top = [choice, ...greedySteps[branch]!.top.filter(({ id }) => id !== choice.id)];
    for (const step of [...greedySteps.slice(0, branch), { ...greedySteps[branch]!, ...choice, top }]) {
      builder.push(step, await judge?.judge(step, left.remaining));
      left.take(step.id);
    }
    if (builder.finish !== undefined) {
      continuations.push(builder.build(builder.finish));
      continue;
    }
    if (cancelled()) throw abortError();
    cache.rewindTo(ids.length + branch);
    const [row] = await stepper.step(cache, [choice.id], neverExit);
    continuations.push(await extend(builder, left, judge, row!));
  }
  return { continuations, timing: timing() };
}

/** Tokens, layers and passes of a request. */
class Counts {
  private tokens = 0;
  private drafted = 0;
  private layers = 0;
  private readonly passes = new Map<number, { passes: number; ms: number }>();
  private readonly exits: Record<number, number> = {};

  add({ layers, drafted }: DecodeStep): void {
    this.tokens++;
    this.layers += layers;
    if (drafted !== undefined) this.drafted++;
    this.exits[layers] = (this.exits[layers] ?? 0) + 1;
  }

  passesOf(stepper: Stepper): Stepper {
    return {
      ...stepper,
      step: async (cache, ids, exit) => {
        const began = performance.now();
        const rows = await stepper.step(cache, ids, exit);
        const before = this.passes.get(ids.length) ?? { passes: 0, ms: 0 };
        this.passes.set(ids.length, { passes: before.passes + 1, ms: before.ms + performance.now() - began });
        return rows;
      },
    };
  }

  report(): Pick<GenerationTiming, 'tokens' | 'drafted' | 'layersPerToken' | 'passes' | 'passesByRows' | 'exits'> {
    const { tokens, drafted, layers, exits } = this;
    const passesByRows = Object.fromEntries(this.passes);
    const passes = Object.values(passesByRows).reduce((sum, of) => sum + of.passes, 0);
    return { tokens, drafted, layersPerToken: tokens === 0 ? 0 : layers / tokens, passes, passesByRows, exits };
  }
}

function drafterOf({ plan, references, exits }: GeneratorParts, request: GenerateRequest): DecodePolicies['draft'] {
  if (request.exits === 'off' || request.drafts === 'never') return neverDraft;
  references.update(request.references ?? []);
  return createDrafter(plan, references, exits?.draftLayer);
}

/** @param ids the prompt */
function judgeOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  ids: readonly number[],
): LineJudge | undefined {
  if (exits?.judge === undefined) return undefined;
  return new LineJudge(exits, exits.judge, tokenizer, request.prompt, ids);
}

function exitOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  judge: LineJudge | undefined,
  spelling: ForcedSpelling,
): DecodePolicies['exit'] {
  if (request.exits !== 'certified' || exits?.judge === undefined || judge === undefined) return neverExit;
  const line = (): LineState => ({ signals: judge.signals, mayLeave: spelling.remaining === 0 });
  return createExitPolicy(exits, exits.judge, tokenizer, line);
}
