// Continuations beside the greedy one: each has its tokens up to a point, another token there, and goes on by itself.

import type { LineEstimator } from '../exits/estimator.js';
import type { Continuation } from '../language.js';
import type { ContinuationBuilder } from '../passes/continuation.js';
import type { DecodeStep } from '../passes/decode.js';
import type { Choice } from '../tokens/distribution.js';
import { ForcedSpelling } from '../tokens/healing.js';
import type { Branch } from './branch.js';
import type { BranchPoint } from './branches.js';
import { continueOneByOne } from './oneByOne.js';
import type { Run } from './run.js';
import { continueTogether } from './together.js';
import { Writer } from './writer.js';

/** What a continuation begins with, and who takes its tokens. */
export interface Beginning {
  readonly point: BranchPoint<Choice>;
  readonly builder: ContinuationBuilder;
  readonly estimator?: LineEstimator;
}

/**
 * Writes continuations, in the order of their beginnings: all together where the graphs take trees, one by one otherwise.
 * Where the time is over they end with what they have. In the cache the prompt stays, and for a tree the greedy tokens too.
 * @throws AbortError as soon as the request is cancelled
 */
export async function continueBeside(
  run: Run,
  greedy: readonly DecodeStep[],
  beginnings: readonly Beginning[],
): Promise<readonly Continuation[]> {
  const branches: Branch[] = [];
  for (const beginning of beginnings) branches.push(await begin(run, greedy, beginning));
  const wanted = branches.filter(({ writer }) => !writer.hasEnded);
  const ids = greedy.map(({ id }) => id);
  if (run.parts.stepper.stepTree === undefined) await continueOneByOne(run, ids, wanted);
  else await continueTogether(run, ids, wanted);
  return branches.map(({ writer }) => writer.build());
}

async function begin(
  run: Run,
  greedy: readonly DecodeStep[],
  { point, builder, estimator }: Beginning,
): Promise<Branch> {
  const { at, choice } = point;
  const writer = new Writer(run, { builder, estimator, spelling: new ForcedSpelling(run.parts.tokenizer, run.forced) });
  const top = [choice, ...greedy[at]!.top.filter(({ id }) => id !== choice.id)];
  for (const step of [...greedy.slice(0, at), { ...greedy[at]!, ...choice, top }]) await writer.begin(step);
  return { at, writer, own: [choice.id], hidden: greedy[at]!.hidden };
}
