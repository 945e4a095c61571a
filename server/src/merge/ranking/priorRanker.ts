// Orders candidates without having learned anything: by how often people choose what a pattern gives. It is what is left
// when no trained ranker can be loaded, and what the trained one is compared with.

import { orderBySyntax } from './orderBySyntax.js';
import type { Candidate, MergeProblem, RankedCandidate, Ranker } from '../types.js';
import { words } from '../../common/words.js';

/** How often a resolution is what the pattern gives, roughly, over many repositories. */
const shares: Readonly<Record<string, number>> = {
  ours: 0.33,
  theirs: 0.27,
  merge: 0.2,
  'ours+theirs': 0.08,
  'theirs+ours': 0.03,
  mixed: 0.01,
  base: 0.005,
};

const OTHERS = 0.01;

/** What is left for texts that are not among the candidates. */
const REACHABLE = 0.9;

export function createPriorRanker(): Ranker {
  return {
    rank: (problem, signal) => {
      signal.throwIfAborted();
      return Promise.resolve(orderBySyntax(rankByShare(problem), problem.evidence.sidesParse));
    },
  };
}

function rankByShare({ candidates }: MergeProblem): readonly RankedCandidate[] {
  const weights = candidates.map(priorWeight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return candidates
    .map((candidate, index) => ({
      candidate,
      confidence: (REACHABLE * weights[index]!) / total,
      attributions: [{ reason: words('how often people decide so'), weight: Math.log(weights[index]! / OTHERS) }],
    }))
    .sort((left, right) => right.confidence - left.confidence);
}

/** A text that several ways lead to has the weight of all of them, later candidates a little less than earlier ones. */
function priorWeight({ derivations, index }: Candidate): number {
  const best = Math.max(...derivations.map(({ pattern }) => shares[pattern] ?? OTHERS));
  return (best * (1 + 0.1 * (derivations.length - 1))) / (1 + 0.05 * index);
}
