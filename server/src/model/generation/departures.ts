// Departures: what the model would write if one token of its line were another one. The line and its departures are
// different lines, so the probabilities of what they begin with add up to at most one.

import type { Continuation, DeparturesRequest, GenerateRequest } from '../language.js';

/** A token that the line does not have at this step. */
export interface Departure<Choice> {
  readonly at: number;
  readonly choice: Choice;
}

/** The departures that a request asks for, now that it is known what they would depart from: a line that was not given up. */
export function departuresWanted(
  { departures }: Pick<GenerateRequest, 'departures'>,
  { finish }: Continuation,
): DeparturesRequest | undefined {
  return finish === 'unsure' || finish === 'time' ? undefined : departures;
}

/**
 * The departures of most probability, which is that of the line's tokens before and of the other token.
 * @param steps of the line, each with the log-probability of its token
 * @param othersAt what else could stand at a step
 */
export function likeliestDepartures<Step extends { logProbability: number }, Choice extends { logProbability: number }>(
  steps: readonly Step[],
  othersAt: (step: Step) => readonly Choice[],
  count: number,
): readonly Departure<Choice>[] {
  let before = 0;
  const found = steps.flatMap((step, at) => {
    const here = othersAt(step).map((choice) => ({ at, choice, leaving: before + choice.logProbability }));
    before += step.logProbability;
    return here;
  });
  return found.sort((a, b) => b.leaving - a.leaving).slice(0, count);
}
