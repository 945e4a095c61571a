// One request: the prompt, the greedy continuation, alternatives that begin with other tokens, and branches off it.

import { abortError } from '../../common/abort.js';
import { ContinuationBuilder, type ContinuationBounds } from '../passes/continuation.js';
import { decode, neverDraft, type DecodePolicies, type DecodeStep, type Row, type Stepper } from '../passes/decode.js';
import { branchesWanted, likeliestBranches, type BranchPoint } from './branches.js';
import { logProbabilityOf, type Choice } from '../tokens/distribution.js';
import { createDrafter } from '../draft/drafter.js';
import type { Plan } from '../draft/plan.js';
import type { ReferenceIndex } from '../draft/reference.js';
import { neverExit } from '../passes/exitPolicy.js';
import type { Exits } from '../exits/exits.js';
import { followingOf } from '../tokens/following.js';
import { ForcedSpelling } from '../tokens/healing.js';
import { LineEstimator } from '../exits/estimator.js';
import type { Continuation, Finish, GenerateRequest, Generation, GenerationTiming } from '../language.js';
import { createExitPolicy, type LineState } from '../exits/earlyExit.js';
import type { Manifest } from '../manifest.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import type { PromptCaches } from '../passes/promptCaches.js';
import type { PromptPass } from '../passes/promptPass.js';
import type { Tokenizer } from '../tokens/tokenizer.js';

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

/** So many branches get a next-line score; those further behind are less likely. */
const MOST_SCORED = 3;

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
  let deadline = Math.min(began + request.maximumMs, promptEnd + (request.maximumDecodeMs ?? Infinity));
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
    estimator: LineEstimator | undefined,
    from: Row,
    record?: (step: DecodeStep) => void,
  ): Promise<Continuation> => {
    let late: Finish | undefined;
    const steps = decode(counts.passesOf(stepper), cache, from, {
      exit: exitOf(parts, request, estimator, spelling),
      draft,
      allowed: () => spelling.allowed(),
      stop: () => builder.finish !== undefined || late !== undefined,
    });
    for await (const step of steps) {
      if (cancelled()) throw abortError();
      counts.add(step);
      record?.(step);
      const right = await estimator?.estimate(step, spelling.remaining);
      const isForced = spelling.remaining > 0;
      spelling.take(step.id);
      builder.push(step, right);
      if (!isForced && right !== undefined && right < (request.earlyStopBelow ?? 0)) late = 'earlyStop';
      if (performance.now() > deadline) late = 'time';
    }
    return builder.build(builder.finish ?? late ?? 'tokens');
  };

  const greedySteps: DecodeStep[] = [];
  const spelling = new ForcedSpelling(tokenizer, forced);
  /** The first step whose token reaches beyond what is forced: where alternatives begin. */
  let branchPoint: number | undefined;
  const builderOf = (bounds: ContinuationBounds): ContinuationBuilder =>
    new ContinuationBuilder(tokenizer, forced.length, bounds);
  const continuations = [
    await extend(builderOf(request), spelling, estimatorOf(parts, request, ids), first!, (step) => {
      if (branchPoint === undefined && tokenizer.bytes(step.id).length > spelling.remaining) {
        branchPoint = greedySteps.length;
      }
      greedySteps.push(step);
    }),
  ];
  const continueFrom = async (
    { at, choice }: BranchPoint<Choice>,
    builder: ContinuationBuilder,
    estimator?: LineEstimator,
  ): Promise<Continuation> => {
    const left = new ForcedSpelling(tokenizer, forced);
    const top = [choice, ...greedySteps[at]!.top.filter(({ id }) => id !== choice.id)];
    for (const step of [...greedySteps.slice(0, at), { ...greedySteps[at]!, ...choice, top }]) {
      builder.push(step, await estimator?.estimate(step, left.remaining));
      left.take(step.id);
    }
    if (builder.finish !== undefined) return builder.build(builder.finish);
    if (cancelled()) throw abortError();
    cache.rewindTo(ids.length + at);
    const [row] = await stepper.step(cache, [choice.id], neverExit);
    return extend(builder, left, estimator, row!);
  };

  /** The branches that are wanted; undefined where they are not, or it took too long. */
  const branchOff = async (): Promise<readonly Continuation[] | undefined> => {
    const wanted = branchesWanted(request, continuations[0]!);
    if (wanted === undefined) return undefined;
    deadline = Math.min(deadline, performance.now() + (wanted.maximumMs ?? Infinity));
    const lineEnd = greedySteps.findIndex(({ id }) => tokenizer.bytes(id).includes('\n'));
    const line = lineEnd === -1 ? greedySteps : greedySteps.slice(0, lineEnd + 1);
    const branches: Continuation[] = [];
    for (const branch of likeliestBranches(line, ({ top }) => top.slice(1), wanted.count)) {
      if (performance.now() > deadline) return undefined;
      branches.push(await continueFrom(branch, builderOf({ ...request, maximumLines: 1 })));
    }
    return branches.some(({ finish }) => finish === 'time') ? undefined : withNextLineScores(branches);
  };

  /** Compares branches with the line by what follows; undefined where it took too long. */
  const withNextLineScores = async (
    branches: readonly Continuation[],
  ): Promise<readonly Continuation[] | undefined> => {
    const following = followingOf(tokenizer, request.prompt.suffix);
    if (following === undefined) return branches;
    const spelled = Buffer.from(forced, 'latin1').toString();
    const likelihoodBehind = async (line: string): Promise<number> => {
      const lineIds = tokenizer.encode(`${spelled}${line}\n${following.blank}`);
      cache.rewindTo(ids.length);
      const rows = await stepper.step(cache, [...lineIds, ...following.ids.slice(0, -1)], neverExit);
      let sum = 0;
      for (const [index, id] of following.ids.entries()) {
        sum += logProbabilityOf(id, await rows[lineIds.length - 1 + index]!.logits());
      }
      return sum;
    };
    const line = lineOf(continuations[0]!.text);
    const own = await likelihoodBehind(line);
    const known = new Map([[line, own]]);
    const scored: Continuation[] = [];
    for (const branch of branches) {
      if (cancelled()) throw abortError();
      if (performance.now() > deadline) return undefined;
      const other = lineOf(branch.text);
      if (!known.has(other) && known.size <= MOST_SCORED) known.set(other, await likelihoodBehind(other));
      const likelihood = known.get(other);
      scored.push(likelihood === undefined ? branch : { ...branch, nextLineScore: likelihood - own });
    }
    return scored;
  };

  const choices = branchPoint === undefined ? [] : greedySteps[branchPoint]!.top.slice(1, request.alternatives);
  for (const choice of choices) {
    if (branchPoint === undefined || performance.now() > deadline) break;
    continuations.push(
      await continueFrom({ at: branchPoint, choice }, builderOf(request), estimatorOf(parts, request, ids)),
    );
  }
  const branches = await branchOff();
  return { continuations, ...(branches === undefined ? {} : { branches }), timing: timing() };
}

/** A continuation's first line, without white space at its end. */
function lineOf(text: string): string {
  return text.split('\n', 1)[0]!.trimEnd();
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
function estimatorOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  ids: readonly number[],
): LineEstimator | undefined {
  if (exits?.estimator === undefined) return undefined;
  return new LineEstimator(exits, exits.estimator, tokenizer, request.prompt, ids);
}

function exitOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  estimator: LineEstimator | undefined,
  spelling: ForcedSpelling,
): DecodePolicies['exit'] {
  if (request.exits !== 'certified' || exits?.estimator === undefined || estimator === undefined) return neverExit;
  const line = (): LineState => ({ signals: estimator.signals, mayExit: spelling.remaining === 0 });
  return createExitPolicy(exits, exits.estimator, tokenizer, line);
}
