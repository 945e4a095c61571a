// Other lines that the model might have written (model/departures.ts). What a partial program would leave open is judged by
// them: where another line differs from the completion inside the program's holes alone, the rest does not hang on them.

import { piecesAround } from './fill.js';
import { condense } from './membership.js';
import type { PartialProgram, PartialToken } from './types.js';

/** How many departures the scores of holes are trained with. */
export const DEPARTURES = 6;

export interface Departure {
  /** The whole line, in the completion's place. */
  readonly text: string;
  /** Natural logarithm of its probability, the line's end included. */
  readonly logProbability: number;
  /** The same of its tokens up to the first that the completion does not have. */
  readonly leaving: number;
}

/** @param others the continuations that leave the completion, with their tokens */
export function departuresOf(
  tokens: readonly PartialToken[],
  others: readonly {
    readonly text: string;
    readonly logProbability: number;
    readonly tokens: readonly PartialToken[];
  }[],
): readonly Departure[] {
  return others.map((other) => {
    // The other token is less likely than the one in its place, and those before it are the same.
    const at = other.tokens.findIndex(({ logProbability }, i) => logProbability !== tokens[i]?.logProbability);
    const left = at === -1 ? other.tokens : other.tokens.slice(0, at + 1);
    const leaving = left.reduce((sum, { logProbability }) => sum + logProbability, 0);
    return { text: other.text, logProbability: other.logProbability, leaving };
  });
}

/** What the departures of one completion say of its programs; computed once a completion. */
export class Foresight {
  private readonly lines: readonly { readonly text: string; readonly leaving: number; readonly mass: number }[];
  /** The probability (0-1) of the completion itself, and of it and all departures together. */
  private readonly own: number;
  private readonly known: number;
  private readonly condensed = new Map<string, string>();

  /** @param logProbability of the completion, its line's end included */
  constructor(
    private readonly text: string,
    logProbability: number,
    departures: readonly Departure[],
  ) {
    this.lines = departures.map((one) => ({
      text: condense(one.text).text,
      leaving: one.leaving,
      mass: Math.exp(one.leaving),
    }));
    this.own = Math.exp(logProbability);
    this.known = this.lines.reduce((sum, { mass }) => sum + mass, this.own);
  }

  /** In the order of `foresightNames`. */
  of({ holes }: PartialProgram): readonly number[] {
    const isCut = holes.at(-1)?.isRest === true;
    const pieces = piecesAround(this.text, holes).map((piece) => this.condense(piece));
    if (isCut) pieces.pop();
    const count = this.lines.length;
    let [inside, mass, likeliestInside, likeliestOutside, firstOutside] = [0, this.own, UNLIKELY, UNLIKELY, count];
    for (const [index, line] of this.lines.entries()) {
      if (standsFor(pieces, isCut, line.text)) {
        inside++;
        mass += line.mass;
        likeliestInside = Math.max(likeliestInside, line.leaving);
      } else {
        firstOutside = Math.min(firstOutside, index);
        likeliestOutside = Math.max(likeliestOutside, line.leaving);
      }
    }
    return [this.known, inside, count - inside, mass / this.known, likeliestInside, likeliestOutside, firstOutside];
  }

  private condense(piece: string): string {
    let known = this.condensed.get(piece);
    if (known === undefined) this.condensed.set(piece, (known = condense(piece).text));
    return known;
  }
}

/** Names of features (programFeatures.ts): of all departures, and of those that a program stands for and does not. */
export const foresightNames = [
  'foreseen',
  'departuresInside',
  'departuresOutside',
  'foreseenShare',
  'likeliestInside',
  'likeliestOutside',
  'firstOutside',
] as const;

/** Natural logarithm of a probability that stands for none. */
const UNLIKELY = -20;

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
