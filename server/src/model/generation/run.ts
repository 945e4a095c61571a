// What a request has while it is answered, and how it writes: from the cache's end until a continuation is whole, or from
// a step of the greedy one on with another token.

import { abortError } from '../../common/abort.js';
import { createDrafter } from '../draft/drafter.js';
import type { Plan } from '../draft/plan.js';
import type { ReferenceIndex } from '../draft/reference.js';
import { createExitPolicy, type LineState } from '../exits/earlyExit.js';
import { LineEstimator, type LineJudge } from '../exits/estimator.js';
import type { Exits } from '../exits/exits.js';
import type { Continuation, Finish, GeneratedToken, GenerateRequest } from '../language.js';
import type { Manifest } from '../manifest.js';
import { ContinuationBuilder, type ContinuationBounds } from '../passes/continuation.js';
import { decode, neverDraft, type DecodePolicies, type DecodeStep, type Row, type Stepper } from '../passes/decode.js';
import { neverExit } from '../passes/exitPolicy.js';
import type { PromptCaches } from '../passes/promptCaches.js';
import type { PromptPass } from '../passes/promptPass.js';
import type { Choice } from '../tokens/distribution.js';
import { ForcedSpelling } from '../tokens/healing.js';
import type { Tokenizer } from '../tokens/tokenizer.js';
import type { BranchPoint } from './branches.js';
import type { Counts } from './counts.js';

/** What requests share. */
export interface GeneratorParts {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  readonly caches: PromptCaches;
  readonly promptPass: PromptPass;
  readonly stepper: Stepper;
  readonly exits: Exits | undefined;
  /** The controller of the model, or the general one. */
  readonly judge: LineJudge;
  readonly plan: Plan;
  readonly references: ReferenceIndex;
}

/** A request whose prompt is computed. */
export interface Run {
  readonly parts: GeneratorParts;
  readonly request: GenerateRequest;
  readonly cancelled: () => boolean;
  /** The prompt, and what the first tokens must spell (bytes as latin1). */
  readonly ids: readonly number[];
  readonly forced: string;
  readonly cache: ReturnType<PromptCaches['get']>;
  readonly draft: DecodePolicies['draft'];
  readonly counts: Counts;
  /** Milliseconds on the clock of `performance`. */
  deadline: number;
}

export interface Writing {
  readonly builder: ContinuationBuilder;
  readonly spelling: ForcedSpelling;
  readonly estimator?: LineEstimator | undefined;
  readonly record?: (step: DecodeStep) => void;
}

/**
 * Decodes from the cache's end until the builder has enough.
 * @throws AbortError as soon as the request is cancelled
 */
export async function extend(run: Run, from: Row, writing: Writing): Promise<Continuation> {
  const { parts, request, cache, counts, cancelled } = run;
  const { builder, spelling, estimator, record } = writing;
  let late: Finish | undefined;
  const steps = decode(counts.passesOf(parts.stepper), cache, from, {
    exit: exitOf(run, estimator, spelling),
    draft: run.draft,
    allowed: () => spelling.allowed(),
    stop: () => builder.finish !== undefined || late !== undefined,
  });
  for await (const step of steps) {
    if (cancelled()) throw abortError();
    counts.add(step);
    record?.(step);
    const estimate = await estimateOf(run, step, spelling, estimator);
    const isForced = spelling.remaining > 0;
    spelling.take(step.id);
    builder.push(step, estimate);
    if (!isForced && (estimate.right ?? 1) < (request.earlyStopBelow ?? 0)) late = 'earlyStop';
    if (performance.now() > run.deadline) late = 'time';
  }
  return builder.build(builder.finish ?? late ?? 'tokens');
}

/** Writes the greedy steps up to a point, the other token there, and what follows it. */
export async function continueFrom(
  run: Run,
  greedy: readonly DecodeStep[],
  { at, choice }: BranchPoint<Choice>,
  builder: ContinuationBuilder,
  estimator?: LineEstimator,
): Promise<Continuation> {
  const { parts, ids, forced, cache, cancelled } = run;
  const spelling = new ForcedSpelling(parts.tokenizer, forced);
  const top = [choice, ...greedy[at]!.top.filter(({ id }) => id !== choice.id)];
  for (const step of [...greedy.slice(0, at), { ...greedy[at]!, ...choice, top }]) {
    builder.push(step, await estimateOf(run, step, spelling, estimator));
    spelling.take(step.id);
  }
  if (builder.finish !== undefined) return builder.build(builder.finish);
  if (cancelled()) throw abortError();
  cache.rewindTo(ids.length + at);
  const [row] = await parts.stepper.step(cache, [choice.id], neverExit);
  return extend(run, row!, { builder, spelling, estimator });
}

export function builderOf({ parts, forced }: Run, bounds: ContinuationBounds): ContinuationBuilder {
  return new ContinuationBuilder(parts.tokenizer, forced.length, bounds);
}

export function drafterOf(
  { plan, references, exits }: GeneratorParts,
  request: GenerateRequest,
): DecodePolicies['draft'] {
  if (request.exits === 'off' || request.drafts === 'never') return neverDraft;
  references.update(request.references ?? []);
  return createDrafter(plan, references, exits?.draftLayer);
}

/** Says of each token how likely the line is right so far. */
export function estimatorOf({ parts, request, ids }: Run): LineEstimator {
  return new LineEstimator(parts.judge, parts.tokenizer, request.prompt, ids);
}

async function estimateOf(
  { request }: Run,
  step: DecodeStep,
  spelling: ForcedSpelling,
  estimator: LineEstimator | undefined,
): Promise<Pick<GeneratedToken, 'right' | 'signals'>> {
  if (estimator === undefined) return {};
  const { right, signals } = await estimator.estimate(step, spelling.remaining);
  return request.signals === true ? { right, signals: [...signals] } : { right };
}

function exitOf(
  { parts: { exits, tokenizer }, request }: Run,
  estimator: LineEstimator | undefined,
  spelling: ForcedSpelling,
): DecodePolicies['exit'] {
  if (request.exits !== 'certified' || exits?.estimator === undefined || estimator === undefined) return neverExit;
  const line = (): LineState => ({ signals: estimator.signals, mayExit: spelling.remaining === 0 });
  return createExitPolicy(exits, exits.estimator, tokenizer, line);
}
