// What the editor does with partial programs. It offers the one of most worth, the line as it is among them: where that is worth
// most, there is no hole. A program with holes has to be likely enough to be right outside of them; where none is, or hardly
// anything would be left, the line stays as it is. How likely is likely enough, a calibration says: by the same rule it counts
// how many lines are offered and how many of them are missed, so that the guarantee is about what is offered. In the paper,
// silence counts as being right.
//
// What else the model might have written takes time to find out. So it is asked only where the parts' own probabilities let
// an offer be expected, and where they do not, there is none.

import { frontiersOf } from '../choose/chooseHoles.js';
import { piecesAround } from '../tree/fill.js';
import type { LineKnowledge } from '../score/programFeatures.js';
import { worthOf, type RankedProgram } from '../score/rankPrograms.js';
import type { Hole, PartialProgram } from '../types.js';

/** From this probability (0-1) on the lines of a plain block count. */
export const PROBABLY_RIGHT = 0.5;

/** By the parts' probabilities (0-1): of a line this likely, hardly any program is worth more than the line. */
const UNDOUBTED = 0.8;
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
 * For each level the program of most worth that is so likely; undefined where none is, or the line as it is has more worth.
 * @param likeliest `likeliestOffer` of the line
 */
export async function offersOf(
  text: string,
  ranked: readonly RankedProgram[],
  likeliest: number,
  levels: readonly number[],
  refusedHoles: (program: PartialProgram) => Promise<readonly Hole[]>,
): Promise<readonly (RankedProgram | undefined)[]> {
  const whole = ranked.find(({ program }) => program.holes.length === 0);
  const least = whole === undefined ? -Infinity : worthOf(whole, PRICE);
  const better = ranked
    .filter((one) => worthOf(one, PRICE) > least && isWorthwhile(text, one.program))
    .sort((a, b) => worthOf(b, PRICE) - worthOf(a, PRICE));
  const fits = new Map<RankedProgram, boolean>();
  const best = async (level: number): Promise<RankedProgram | undefined> => {
    for (const one of better.filter(({ probability }) => probability >= level)) {
      if (!fits.has(one)) fits.set(one, (await refusedHoles(one.program)).length === 0);
      if (fits.get(one) === true) return one;
    }
    return undefined;
  };
  const offers: (RankedProgram | undefined)[] = [];
  for (const level of levels) offers.push(mayReach(level, likeliest) ? await best(level) : undefined);
  return offers;
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
