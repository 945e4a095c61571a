// The ways to make partial programs that are compared: ours, and what it is measured against.

import { everything, nestedPrograms } from '../choose/chooseHoles.js';
import { greedyPrograms } from '../choose/greedy.js';
import type { Prepared } from '../score/prepare.js';
import { programsByPrice, rankPrograms } from '../score/rankPrograms.js';
import { budgets, thresholds } from '../choose/thresholds.js';
import type { Hole, PartialProgram } from '../types.js';

/**
 * `lacuna`: holes that may be runs of siblings or the rest of the line, chosen by the trained score, and only such as leave
 * the tree around them as it is. `raw`: the same holes by raw log-probabilities, within a budget. `paper`: its
 * optimisation on raw log-probabilities. `greedy`: its baseline. `wholeLine`: all of the line or nothing.
 */
export type Method = 'lacuna' | 'raw' | 'paper' | 'greedy' | 'wholeLine';

export const methods: readonly Method[] = ['lacuna', 'raw', 'paper', 'greedy', 'wholeLine'];

export const MOST_HOLES = 4;

/**
 * The partial programs of a completion, one for each threshold.
 * @param refusedHoles asked by `lacuna` and `raw` alone
 * @param count of thresholds from the lowest on, where not all are wanted
 */
export async function programsOf(
  method: Method,
  prepared: Prepared,
  holes: number,
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
  count = thresholds.length,
): Promise<readonly PartialProgram[]> {
  const falling = budgets.slice(0, count);
  const { trees, folded, line, score, lineLogProbability, nodes } = prepared;
  switch (method) {
    case 'lacuna': {
      if (line === undefined || score === undefined) return programsOf('raw', prepared, holes, refusedHoles, count);
      const ranked = rankPrograms(line, trees, holes, score.programs);
      return (await programsByPrice(ranked, thresholds.slice(0, count), refusedHoles)).map(({ program }) => program);
    }
    case 'raw':
      return nestedPrograms(trees.at(-1)!, { holes, runs: true, cuts: true }, falling, refusedHoles);
    case 'paper':
      return nestedPrograms(folded, { holes, runs: false, cuts: false }, falling);
    case 'greedy':
      return greedyPrograms(folded, holes, falling);
    case 'wholeLine': {
      const whole: PartialProgram = { holes: [], kept: nodes, cost: -lineLogProbability, isEverything: false };
      return falling.map((budget) => (-lineLogProbability <= budget ? whole : everything(folded)));
    }
  }
}
