// What a request has while it is answered.

import { createDrafter } from '../draft/drafter.js';
import { steadyPlan, type Plan } from '../draft/plan.js';
import type { ReferenceIndex } from '../draft/reference.js';
import { LineEstimator, type LineJudge } from '../exits/estimator.js';
import type { Exits } from '../exits/exits.js';
import type { GenerateRequest } from '../language.js';
import type { Manifest } from '../manifest.js';
import { ContinuationBuilder, type ContinuationBounds } from '../passes/continuation.js';
import { neverDraft, type DecodePolicies, type Stepper } from '../passes/decode.js';
import type { PromptCaches } from '../passes/promptCaches.js';
import type { PromptPass } from '../passes/promptPass.js';
import type { Tokenizer } from '../tokens/tokenizer.js';
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

/** The same for rows of a tree (together.ts). */
export function steadyDrafterOf({ parts: { references, exits }, draft }: Run): DecodePolicies['draft'] {
  return draft === neverDraft ? neverDraft : createDrafter(steadyPlan, references, exits?.draftLayer);
}

/** Says of each token how likely the line is right so far. */
export function estimatorOf({ parts, request, ids }: Run): LineEstimator {
  return new LineEstimator(parts.judge, parts.tokenizer, request.prompt, ids);
}
