// Features from branches: other lines that the model might have written (model/generation/branches.ts). Where a branch differs
// from the completion inside a program's holes alone, what the program keeps does not hang on it. Branches count once by the
// model's probabilities, and once more rescored by the next line (model/tokens/following.ts).

import { piecesAround } from '../tree/fill.js';
import { condense } from '../tree/membership.js';
import type { Branch, PartialProgram, PartialToken } from '../types.js';

/** How many branches the scores of holes are trained with. */
export const BRANCHES = 6;

/** @param others the continuations that branch off the completion, with their tokens */
export function branchesOf(
  tokens: readonly PartialToken[],
  others: readonly {
    readonly text: string;
    readonly logProbability: number;
    readonly tokens: readonly PartialToken[];
    readonly nextLineScore?: number;
  }[],
): readonly Branch[] {
  return others.map((other) => {
    // The other token is less likely than the one in its place, and those before it are the same.
    const at = other.tokens.findIndex(({ logProbability }, i) => logProbability !== tokens[i]?.logProbability);
    const upTo = at === -1 ? other.tokens : other.tokens.slice(0, at + 1);
    const branchLogProbability = upTo.reduce((sum, { logProbability }) => sum + logProbability, 0);
    const { text, logProbability, nextLineScore } = other;
    return { text, logProbability, branchLogProbability, ...(nextLineScore === undefined ? {} : { nextLineScore }) };
  });
}

/** What the likeliest branch's logarithm is taken for where there is none. */
const UNLIKELY = -20;
/** What stands below makes no line more than so many nats likelier, or less likely, than another. */
const LARGEST_SCORE = 6;

/** A branch, with how likely (natural logarithm) the model takes it, without and with its next-line score. */
interface ComparedBranch {
  readonly text: string;
  readonly branchLogProbability: number;
  readonly rescored: number;
}

/** What the branches of one completion say of its programs; computed once a completion. */
export class BranchFeatures {
  private readonly lines: readonly ComparedBranch[];
  /** The probability (0-1) of the completion itself, without and with rescoring. */
  private readonly own: number;
  private readonly ownRescored: number;
  /** The probability of it and all branches together, which rescoring leaves as it is. */
  private readonly known: number;
  private readonly condensed = new Map<string, string>();

  /** @param logProbability of the completion, its line's end included */
  constructor(
    private readonly text: string,
    logProbability: number,
    branches: readonly Branch[],
  ) {
    const worst = Math.min(0, ...branches.map(({ nextLineScore = 0 }) => nextLineScore));
    const rescored = branches.map(
      ({ branchLogProbability, nextLineScore = worst }) =>
        branchLogProbability + Math.max(-LARGEST_SCORE, Math.min(LARGEST_SCORE, nextLineScore)),
    );
    const sumOf = (logs: readonly number[]): number => logs.reduce((sum, log) => sum + Math.exp(log), 0);
    // Of a very long line nothing would be left, and no share could be taken of it.
    this.own = Math.max(Number.MIN_VALUE, Math.exp(logProbability));
    this.known = this.own + sumOf(branches.map(({ branchLogProbability }) => branchLogProbability));
    const scale = Math.log(this.known / (this.own + sumOf(rescored)));
    this.ownRescored = this.own * Math.exp(scale);
    this.lines = branches.map(({ text: other, branchLogProbability }, index) => {
      return { text: condense(other).text, branchLogProbability, rescored: rescored[index]! + scale };
    });
  }

  /** In the order of `foresightNames`. */
  of({ holes }: PartialProgram): readonly number[] {
    const isCut = holes.at(-1)?.isRest === true;
    const pieces = piecesAround(this.text, holes).map((piece) => this.condense(piece));
    if (isCut) pieces.pop();
    const count = this.lines.length;
    const [inside, outside] = [
      { branchLogProbability: UNLIKELY, rescored: UNLIKELY },
      { branchLogProbability: UNLIKELY, rescored: UNLIKELY },
    ];
    let [within, mass, rescoredMass, first] = [0, this.own, this.ownRescored, count];
    for (const [index, { text, branchLogProbability, rescored }] of this.lines.entries()) {
      const isInside = standsFor(pieces, isCut, text);
      const likeliest = isInside ? inside : outside;
      likeliest.branchLogProbability = Math.max(likeliest.branchLogProbability, branchLogProbability);
      likeliest.rescored = Math.max(likeliest.rescored, rescored);
      if (isInside) {
        within++;
        mass += Math.exp(branchLogProbability);
        rescoredMass += Math.exp(rescored);
      } else first = Math.min(first, index);
    }
    return [
      this.known,
      within,
      count - within,
      mass / this.known,
      inside.branchLogProbability,
      outside.branchLogProbability,
      first,
      rescoredMass / this.known,
      inside.rescored,
      outside.rescored,
    ];
  }

  private condense(piece: string): string {
    let known = this.condensed.get(piece);
    if (known === undefined) this.condensed.set(piece, (known = condense(piece).text));
    return known;
  }
}

/** Names of features (programFeatures.ts), as trained files have them: of all branches, and of those that a program stands for and does not. */
export const branchFeatureNames = [
  'foreseen',
  'departuresInside',
  'departuresOutside',
  'foreseenShare',
  'likeliestInside',
  'likeliestOutside',
  'firstOutside',
  'fittingShare',
  'fittingInside',
  'fittingOutside',
] as const;

/** Whether a line has the kept pieces, in order, with something in place of each hole; what, is not asked. */
function standsFor(pieces: readonly string[], isCut: boolean, line: string): boolean {
  const [first = '', ...others] = pieces;
  if (!line.startsWith(first)) return false;
  let at = first.length;
  if (others.length === 0) return isCut || at === line.length;
  for (const [index, piece] of others.entries()) {
    if (index === others.length - 1 && !isCut) return line.length - piece.length > at && line.endsWith(piece);
    const found = line.indexOf(piece, at + 1);
    if (found <= at) return false;
    at = found + piece.length;
  }
  return true;
}
