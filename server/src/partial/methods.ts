// The ways to make partial programs that are compared: ours, and what it is measured against.

import { everything, nestedPrograms } from './chooseHoles.js';
import { costTree, foldPieces, rawScores, weightOf, type Scores } from './costTree.js';
import { greedyPrograms } from './greedy.js';
import type { AlignedCompletion, CostNode, Hole, PartialProgram } from './types.js';

/**
 * `lacuna`: the trained score where there is one, holes that may be runs of siblings or the rest of the line, and only
 * holes that leave the tree around them as it is. `paper`: its optimisation on raw log-probabilities. `greedy`: its baseline. `wholeLine`: all of the
 * line or nothing.
 */
export type Method = 'lacuna' | 'paper' | 'greedy' | 'wholeLine';

export const methods: readonly Method[] = ['lacuna', 'paper', 'greedy', 'wholeLine'];

export const MOST_HOLES = 4;

/** What one completion is to the methods. */
export interface Prepared {
  readonly aligned: AlignedCompletion;
  /** Costs by the score that `lacuna` uses, and raw ones as the paper has them. */
  readonly scored: CostNode;
  readonly folded: CostNode;
  /** Sum of the log-probabilities of all tokens, the line's end included. */
  readonly lineLogProbability: number;
  /** Nodes of the grammar that own characters of the completion. */
  readonly nodes: number;
}

/** @param scores for `lacuna`; raw ones where they are missing */
export function prepare(aligned: AlignedCompletion, scores?: Scores): Prepared {
  const raw = rawScores(aligned);
  const scored = costTree(aligned, scores ?? raw);
  return {
    aligned,
    scored,
    folded: foldPieces(costTree(aligned, raw)),
    lineLogProbability: aligned.completion.tokens.reduce((sum, token) => sum + token.logProbability, 0),
    nodes: weightOf(scored),
  };
}

/**
 * The partial programs of a completion for falling budgets.
 * @param refusedHoles asked by `lacuna` alone
 */
export async function programsOf(
  method: Method,
  { scored, folded, lineLogProbability, nodes }: Prepared,
  holes: number,
  budgets: readonly number[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
): Promise<readonly PartialProgram[]> {
  switch (method) {
    case 'lacuna':
      return nestedPrograms(scored, { holes, runs: true, cuts: true }, budgets, refusedHoles);
    case 'paper':
      return nestedPrograms(folded, { holes, runs: false, cuts: false }, budgets);
    case 'greedy':
      return greedyPrograms(folded, holes, budgets);
    case 'wholeLine': {
      const whole: PartialProgram = { holes: [], kept: nodes, cost: -lineLogProbability, isEverything: false };
      return budgets.map((budget) => (-lineLogProbability <= budget ? whole : everything(scored)));
    }
  }
}
