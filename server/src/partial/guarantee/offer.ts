// What the editor does with partial programs. A line that is probably right needs no hole. Of one that is probably wrong, the
// program of most worth is offered if it is likely enough to be right outside its holes; where it is not, or hardly anything
// would be left, nothing is. How likely is likely enough, a calibration says: by the same rule it counts how many
// lines are offered and how many of them are missed, so that the guarantee is about what is offered. In the
// paper, silence counts as being right.
//
// What else the model might have written takes time to find out. So it is asked only where the parts' own probabilities let
// an offer be expected, and where they do not, there is none.

import { frontiersOf } from '../choose/chooseHoles.js';
import { piecesAround } from '../tree/fill.js';
import type { LineKnowledge } from '../score/programFeatures.js';
import { worthOf, type RankedProgram } from '../score/rankPrograms.js';
import type { Hole, PartialProgram } from '../types.js';

/** From this probability (0-1) on the plain line is offered, and the lines of a plain block count. */
export const PROBABLY_RIGHT = 0.5;

/** By the parts' probabilities (0-1): a line this likely is not doubted. */
const UNDOUBTED = 0.6;
/** By these probabilities, a program so much less likely than a level does not come up to it whatever else is known. */
const MARGIN = 0.3;

/** What a wrong offer costs, in whole lines: as much as is won by two that are right. */
const PRICE = 2;

/** What must be left for a suggestion to be worth a look: letters and digits, and their share of the line's. */
const LEAST_LETTERS = 3;
const LEAST_SHARE = 0.25;

/** Probabilities (0-1) of being right outside the holes that a calibration chooses from, rising. */
export const offerLevels: readonly number[] = Array.from({ length: 50 }, (_, index) => 0.5 + index / 100);

/** How likely (0-1), by its parts alone, the likeliest program is that could be offered; 0 where the line is not doubted. */
export function likeliestOffer({ aligned, tree, whole }: LineKnowledge, holes: number): number {
  if (whole.trained < -Math.log(UNDOUBTED)) return 0;
  const programs = frontiersOf(tree, { holes, runs: true, cuts: true }).flat();
  const { text } = aligned.completion;
  const costs = programs.map((one) => (one !== undefined && isWorthwhile(text, one) ? one.cost : Infinity));
  return Math.exp(-Math.min(...costs));
}

/** Whether an offer at a level may come of a line of which the likeliest is this likely. */
export function mayReach(level: number, likeliest: number): boolean {
  return likeliest > 0 && likeliest >= level - MARGIN;
}

/**
 * The program that may be offered, for each level at which it is; undefined where it is not likely enough, or the plain line
 * is probably right.
 * @param likeliest `likeliestOffer` of the line
 */
export async function offersOf(
  text: string,
  ranked: readonly RankedProgram[],
  likeliest: number,
  levels: readonly number[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
): Promise<readonly (RankedProgram | undefined)[]> {
  const isOffered = (level: number, probability: number): boolean => probability >= level && mayReach(level, likeliest);
  const best = isProbablyRight(ranked) ? undefined : await bestOffer(text, ranked, refusedHoles);
  return levels.map((level) => (best !== undefined && isOffered(level, best.probability) ? best : undefined));
}

async function bestOffer(
  text: string,
  ranked: readonly RankedProgram[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
): Promise<RankedProgram | undefined> {
  const worthwhile = ranked
    .filter(({ program }) => isWorthwhile(text, program))
    .sort((a, b) => worthOf(b, PRICE) - worthOf(a, PRICE));
  for (const one of worthwhile) if ((await refusedHoles(one.program)).length === 0) return one;
  return undefined;
}

/** Whether the line as a whole is more likely right than not. */
function isProbablyRight(ranked: readonly RankedProgram[]): boolean {
  const whole = ranked.find(({ program }) => program.holes.length === 0);
  return whole !== undefined && whole.probability >= PROBABLY_RIGHT;
}

/** Whether what a program keeps is worth a look. */
function isWorthwhile(text: string, program: PartialProgram): boolean {
  if (program.isEverything) return false;
  const holes = visibleHoles(program);
  if (holes.length === 0) return false;
  const kept = lettersOf(piecesAround(text, holes).join(''));
  return kept >= LEAST_LETTERS && kept >= LEAST_SHARE * lettersOf(text);
}

function lettersOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** A cut at the line's very end says only that the line may go on; there is nothing to show of it. */
export function visibleHoles({ holes }: PartialProgram): readonly Hole[] {
  return holes.filter(({ range }) => range.start < range.end);
}
