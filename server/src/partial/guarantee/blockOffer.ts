// Which partial program of a block is offered: the one of most worth, if it is likely enough to be right outside its holes, worth
// a look, and keeps more lines than the plain suggestion. How likely is likely enough, a calibration says.

import type { Syntax, SyntaxTree } from '../../syntax/index.js';
import { frontiersOf, isInHole } from '../choose/chooseHoles.js';
import { blockScores } from '../score/blockScores.js';
import type { BoostedTrees } from '../score/boostedTrees.js';
import { repeatedWords } from '../score/repeatedWords.js';
import { alignTokens, LINE_END } from '../tree/alignTokens.js';
import { costTree, costWithout } from '../tree/costTree.js';
import { piecesAround } from '../tree/fill.js';
import { keptLinesOf, type KeptLines } from '../tree/linesOf.js';
import { misfittingHoles } from '../tree/outerTree.js';
import { MOST_HOLES } from './methods.js';
import type { Completion, CostNode, Hole, PartialProgram } from '../types.js';

/** Probabilities (0-1) of being right outside the holes that a calibration chooses from, rising. */
export const blockLevels: readonly number[] = Array.from({ length: 90 }, (_, index) => (10 + index) / 100);

/** What must be left for a block to be worth a look: something of two lines, a line in all, and a share of what is seen. */
const LEAST_TOUCHED = 2;
const LEAST_LINES = 1;
const LEAST_SHARE = 0.25;

/** What a wrong offer costs, in lines that are kept. */
const PRICE = 12;

/** A longer block takes too long to be looked at between two keys. */
const LONGEST = 1_500;

export interface BlockProgram {
  readonly program: PartialProgram;
  /** That it is right outside its holes (0-1), by the score; a calibration says what that is worth. */
  readonly probability: number;
  readonly kept: KeptLines;
}

export interface PreparedBlock {
  /** All programs that may be offered, those of most worth first. */
  readonly programs: readonly BlockProgram[];
  /** The block as it is. */
  readonly whole: BlockProgram;
  /** Whether its holes leave the tree around them as it is. */
  readonly fits: (program: PartialProgram) => Promise<boolean>;
}

/**
 * @param tree of the block in its text
 * @param parts the trained score of parts; without it raw log-probabilities are taken
 * @returns undefined where it is too long
 */
export function prepareBlock(
  completion: Completion,
  tree: SyntaxTree,
  parts: BoostedTrees | undefined,
  syntax: Syntax,
  key?: string,
): PreparedBlock | undefined {
  const { text } = completion;
  if (text.length > LONGEST) return undefined;
  const aligned = alignTokens(completion, tree);
  const costs = costTree(aligned, blockScores(aligned, tree, parts));
  const keptLines = keptLinesOf(text);
  const options = { holes: MOST_HOLES, runs: true, cuts: true, freeCutAt: beginsLine(text) };
  const words = repeatedWords(costs, text, completion.tokens);
  const found = new Map<string, PartialProgram>();
  for (const tree of [costs, words.tree]) {
    for (const program of new Set(frontiersOf(tree, options).flat())) {
      if (program !== undefined && !found.has(keyOf(program))) found.set(keyOf(program), program);
    }
  }
  const programs: BlockProgram[] = [];
  for (const program of found.values()) {
    const kept = keptLines(program);
    if (program.isEverything || !isWorthwhile(text, program, kept)) continue;
    const { holes } = program;
    const cost = costWithout(costs, ({ range }) => isInHole(range.start, range.end, holes)) + words.costOf(program);
    programs.push({ program, probability: Math.exp(-cost), kept });
  }
  const whole: PartialProgram = { holes: [], kept: 0, cost: sumOf(costs), isEverything: false };
  const known = new Map<PartialProgram, boolean>();
  return {
    programs: programs.sort((a, b) => worthOf(b) - worthOf(a) || a.program.holes.length - b.program.holes.length),
    whole: { program: whole, probability: Math.exp(-whole.cost), kept: keptLines(whole) },
    fits: async (program) => {
      let is = known.get(program);
      if (is === undefined) {
        is = (await misfittingHoles(completion, tree, program, syntax, key)).length === 0;
        known.set(program, is);
      }
      return is;
    },
  };
}

/**
 * The program that may be offered, for each level at which it is; undefined where it is not likely enough.
 * @param holes the most; a cut at a line's end is none
 * @param plainLines that are suggested without holes
 */
export async function blockOffers(
  { programs, fits }: PreparedBlock,
  holes: number,
  plainLines: number,
  levels: readonly number[],
): Promise<readonly (BlockProgram | undefined)[]> {
  let best: BlockProgram | undefined;
  for (const one of programs) {
    const may = one.kept.lines > plainLines && holesIn(one.program).length <= holes;
    if (!may || !(await fits(one.program))) continue;
    best = one;
    break;
  }
  return levels.map((level) => (best !== undefined && best.probability >= level ? best : undefined));
}

function worthOf({ kept, probability }: BlockProgram): number {
  return kept.lines - PRICE * (1 - probability);
}

/** The holes that are seen; a cut is none. */
export function holesIn({ holes }: PartialProgram): readonly Hole[] {
  return holes.filter(({ isRest }) => !isRest);
}

function keyOf({ holes }: PartialProgram): string {
  return holes.map(({ range, isRest }) => `${range.start}-${isRest ? 'end' : range.end}`).join(' ');
}

/** Whether a part is the first on its line: a block may be cut in front of it. */
function beginsLine(text: string): (part: CostNode) => boolean {
  return ({ range: { start }, type }) => {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    return type !== LINE_END && lineStart > 0 && text.slice(lineStart, start).trim() === '';
  };
}

/** Whether what a program keeps is worth a look; what ends in a hole had better end in front of it. */
function isWorthwhile(text: string, { holes }: PartialProgram, { lines, touched, holesAlone }: KeptLines): boolean {
  const isCut = holes.at(-1)?.isRest === true;
  const pieces = piecesAround(text, holes).slice(0, isCut ? -1 : undefined);
  if (pieces.at(-1)!.trim() === '' || touched < LEAST_TOUCHED) return false;
  return lines >= LEAST_LINES && lines >= LEAST_SHARE * (touched + holesAlone);
}

function sumOf(node: CostNode): number {
  return node.cost + node.children.reduce((sum, child) => sum + sumOf(child), 0);
}
