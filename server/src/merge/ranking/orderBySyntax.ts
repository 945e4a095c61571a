// Answers that break a file which is right with either side come last, whatever their likelihood. It is for rankers that have
// not learned what a syntax error says; the trained one has.

import type { MergeEvidence, RankedCandidate } from '../types.js';

/** How much of its confidence an answer keeps that leaves a syntax error: people do commit such, but seldom. */
const KEPT = 0.2;

export function orderBySyntax(
  ranked: readonly RankedCandidate[],
  sides: MergeEvidence['sidesParse'],
): readonly RankedCandidate[] {
  if (sides === undefined || !sides.ours || !sides.theirs) return ranked;
  const right = ranked.filter(({ candidate }) => candidate.parses !== false);
  const wrong = ranked.filter(({ candidate }) => candidate.parses === false);
  if (right.length === 0 || wrong.length === 0) return ranked;
  const least = right.at(-1)!.confidence;
  return [...right, ...wrong.map((each) => ({ ...each, confidence: Math.min(least, KEPT * each.confidence) }))];
}
