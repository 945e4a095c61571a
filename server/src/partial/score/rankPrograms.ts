// Chooses among partial programs by a trained score of the whole program. The paper keeps as much as a bound on the
// probability of what is kept allows, the same bound for every completion. Here a program is worth the share that it keeps,
// less a price for the risk that it is wrong: at the same number of errors over many completions no other rule keeps more,
// since what one completion saves in risk another may spend (Neyman and Pearson). The threshold τ in (0, 1) sets the
// price, so that it means the same as in the paper: the higher, the less is kept.

import { sigmoid } from '../../common/sigmoid.js';
import { candidatesOf } from '../choose/candidates.js';
import { weightOf } from '../tree/costTree.js';
import { keptCharactersOf } from '../tree/fill.js';
import { partStatesOf, TAKEN } from './partColumns.js';
import { programFeatures, type LineKnowledge } from './programFeatures.js';
import { programLogits, type ProgramScore } from './trainedScores.js';
import type { CostNode, Hole, PartialProgram } from '../types.js';

export interface RankedProgram {
  readonly program: PartialProgram;
  /** The probability (0-1) that the author's text is among those it stands for, by the trained score; told when asked. */
  readonly probability: number;
  /** Share (0-1) that it keeps: of the nodes for the most part, and of the characters. */
  readonly share: number;
  /** What becomes of each part. */
  readonly partStates: Uint8Array;
}

/** How much of what a program keeps is counted in nodes. */
const NODES = 0.9;

/**
 * The programs that can be chosen; those that keep most come first, and last the one that keeps nothing. No program is worth
 * more than its share, so that most probabilities are never asked for.
 */
export function rankPrograms(
  line: LineKnowledge,
  trees: readonly CostNode[],
  holes: number,
  score: ProgramScore,
): readonly RankedProgram[] {
  const { tree } = line;
  const weight = Math.max(1, weightOf(tree));
  const charactersOf = keptCharactersOf(line.aligned.completion.text);
  const logitOf = programLogits(score);
  return candidatesOf(trees, holes)
    .map((program) => {
      const share = NODES * (program.kept / weight) + (1 - NODES) * charactersOf(program);
      return new Candidate(program, share, line, logitOf);
    })
    .sort((a, b) => b.share - a.share);
}

class Candidate implements RankedProgram {
  private knownPartStates: Uint8Array | undefined;
  private knownProbability: number | undefined;

  constructor(
    readonly program: PartialProgram,
    readonly share: number,
    private readonly line: LineKnowledge,
    private readonly logitOf: (row: Float64Array) => number,
  ) {}

  get partStates(): Uint8Array {
    return (this.knownPartStates ??= partStatesOf(this.line.columns, this.program.holes));
  }

  get probability(): number {
    if (this.program.isEverything) return 1;
    return (this.knownProbability ??= sigmoid(this.logitOf(programFeatures(this.line, this.program, this.partStates))));
  }
}

/**
 * The programs for rising thresholds, each one's kept parts among those of the one before.
 * @param refusedHoles of a program those that cannot be used; programs with them are not chosen again
 */
export async function programsByPrice(
  ranked: readonly RankedProgram[],
  thresholds: readonly number[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
): Promise<readonly RankedProgram[]> {
  let left = ranked;
  const isFine = new Set<RankedProgram>();
  const chosen: RankedProgram[] = [];
  for (const threshold of thresholds) {
    for (;;) {
      const best = bestAt(left, threshold);
      const { program } = best;
      const isKnown = isFine.has(best) || program.isEverything || program.holes.length === 0;
      const refused = isKnown ? [] : await refusedHoles(program);
      if (refused.length > 0) {
        left = left.filter(
          (other) => other.program.isEverything || !refused.some((hole) => hasHole(other.program, hole)),
        );
        continue;
      }
      isFine.add(best);
      if (chosen.at(-1) !== best) left = left.filter(({ partStates }) => takesWhatTakes(partStates, best.partStates));
      chosen.push(best);
      break;
    }
  }
  return chosen;
}

/**
 * What a miss costs, in whole completions: one and the odds from which on a whole completion is worth keeping, which are
 * even at τ = .5 and rise by a twenty-fifth with each threshold. At the last one nothing is worth the risk.
 */
function priceOf(threshold: number): number {
  return threshold > 0.999 ? Infinity : 1 + Math.exp(12 * threshold - 6);
}

/** @param price of a miss, in whole completions */
export function worthOf({ share, probability }: RankedProgram, price: number): number {
  return share - price * (1 - probability);
}

/** Worths that differ by less are the same. */
const TOLERANCE = 1e-12;

/** The program of most worth; of equal ones the one with fewer holes. The list ends with the one that keeps nothing. */
function bestAt(ranked: readonly RankedProgram[], threshold: number): RankedProgram {
  const price = priceOf(threshold);
  let best = ranked.at(-1)!;
  let bestWorth = 0;
  for (const one of ranked) {
    if (one.share < bestWorth - TOLERANCE) break;
    const worth = worthOf(one, price);
    if (one.program.isEverything || Number.isNaN(worth)) continue;
    const isBetter =
      worth > bestWorth + TOLERANCE ||
      (worth > bestWorth - TOLERANCE && one.program.holes.length < best.program.holes.length && one.share > 0);
    if (!isBetter) continue;
    best = one;
    bestWorth = worth;
  }
  return best;
}

function hasHole({ holes }: PartialProgram, { range, isRest }: Hole): boolean {
  return holes.some(
    (hole) => hole.range.start === range.start && hole.range.end === range.end && hole.isRest === isRest,
  );
}

/** Whether a program takes out all that another one does. */
function takesWhatTakes(partStates: Uint8Array, others: Uint8Array): boolean {
  for (let part = 0; part < others.length; part++)
    if (others[part] === TAKEN && partStates[part] !== TAKEN) return false;
  return true;
}
