// Branches of the greedy line: what the model would write if one token of its line were another one. The line and its branches are
// different lines, so the probabilities of what they begin with add up to at most one.

import type { BranchesRequest, Continuation, GenerateRequest } from '../language.js';

/** A token that the line does not have at this step. */
export interface BranchPoint<Choice> {
  readonly at: number;
  readonly choice: Choice;
}

/** The branches that a request asks for, now that it is known what they branch off: a line that was not given up. */
export function branchesWanted(
  { branches }: Pick<GenerateRequest, 'branches'>,
  { finish }: Continuation,
): BranchesRequest | undefined {
  return finish === 'earlyStop' || finish === 'time' ? undefined : branches;
}

/**
 * The branches of most probability, which is that of the line's tokens before and of the other token.
 * @param steps of the line, each with the log-probability of its token
 * @param othersAt what else could stand at a step
 */
export function likeliestBranches<Step extends { logProbability: number }, Choice extends { logProbability: number }>(
  steps: readonly Step[],
  othersAt: (step: Step) => readonly Choice[],
  count: number,
): readonly BranchPoint<Choice>[] {
  let before = 0;
  const found = steps.flatMap((step, at) => {
    const here = othersAt(step).map((choice) => ({ at, choice, upToBranch: before + choice.logProbability }));
    before += step.logProbability;
    return here;
  });
  return found.sort((a, b) => b.upToBranch - a.upToBranch).slice(0, count);
}
