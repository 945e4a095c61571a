// Other lines that the model might have written (model/generation/departures.ts). What a partial program would leave open is judged by
// them: where another line differs from the completion inside the program's holes alone, the rest does not hang on them. They
// count once as the model's probabilities have it, and once more by how well what stands below fits them (model/tokens/following.ts).

import { piecesAround } from '../tree/fill.js';
import { condense } from '../tree/membership.js';
import type { Departure, PartialProgram, PartialToken } from '../types.js';

/** How many departures the scores of holes are trained with. */
export const DEPARTURES = 6;

/** @param others the continuations that leave the completion, with their tokens */
export function departuresOf(
  tokens: readonly PartialToken[],
  others: readonly {
    readonly text: string;
    readonly logProbability: number;
    readonly tokens: readonly PartialToken[];
    readonly fit?: number;
  }[],
): readonly Departure[] {
  return others.map((other) => {
    // The other token is less likely than the one in its place, and those before it are the same.
    const at = other.tokens.findIndex(({ logProbability }, i) => logProbability !== tokens[i]?.logProbability);
    const left = at === -1 ? other.tokens : other.tokens.slice(0, at + 1);
    const leaving = left.reduce((sum, { logProbability }) => sum + logProbability, 0);
    const { text, logProbability, fit } = other;
    return { text, logProbability, leaving, ...(fit === undefined ? {} : { fit }) };
  });
}

/** The likeliest way to leave is no more likely than this, in a natural logarithm, where there is none. */
const UNLIKELY = -20;
/** What stands below makes no line more than so many nats likelier, or less likely, than another. */
const LARGEST_FIT = 6;

/** A departure, with how likely (natural logarithm) the model left the completion for it, without and with its fit. */
interface Foreseen {
  readonly text: string;
  readonly leaving: number;
  readonly fitting: number;
}

/** What the departures of one completion say of its programs; computed once a completion. */
export class Foresight {
  private readonly lines: readonly Foreseen[];
  /** The probability (0-1) of the completion itself, without and with its fit. */
  private readonly own: number;
  private readonly ownFitting: number;
  /** The probability of it and all departures together, which their fits leave as it is. */
  private readonly known: number;
  private readonly condensed = new Map<string, string>();

  /** @param logProbability of the completion, its line's end included */
  constructor(
    private readonly text: string,
    logProbability: number,
    departures: readonly Departure[],
  ) {
    const worst = Math.min(0, ...departures.map(({ fit = 0 }) => fit));
    const weighed = departures.map(
      ({ leaving, fit = worst }) => leaving + Math.max(-LARGEST_FIT, Math.min(LARGEST_FIT, fit)),
    );
    const sumOf = (logs: readonly number[]): number => logs.reduce((sum, log) => sum + Math.exp(log), 0);
    // Of a very long line nothing would be left, and no share could be taken of it.
    this.own = Math.max(Number.MIN_VALUE, Math.exp(logProbability));
    this.known = this.own + sumOf(departures.map(({ leaving }) => leaving));
    const scale = Math.log(this.known / (this.own + sumOf(weighed)));
    this.ownFitting = this.own * Math.exp(scale);
    this.lines = departures.map(({ text: other, leaving }, index) => {
      return { text: condense(other).text, leaving, fitting: weighed[index]! + scale };
    });
  }

  /** In the order of `foresightNames`. */
  of({ holes }: PartialProgram): readonly number[] {
    const isCut = holes.at(-1)?.isRest === true;
    const pieces = piecesAround(this.text, holes).map((piece) => this.condense(piece));
    if (isCut) pieces.pop();
    const count = this.lines.length;
    const [inside, outside] = [
      { leaving: UNLIKELY, fitting: UNLIKELY },
      { leaving: UNLIKELY, fitting: UNLIKELY },
    ];
    let [within, mass, fittingMass, first] = [0, this.own, this.ownFitting, count];
    for (const [index, { text, leaving, fitting }] of this.lines.entries()) {
      const isInside = standsFor(pieces, isCut, text);
      const likeliest = isInside ? inside : outside;
      likeliest.leaving = Math.max(likeliest.leaving, leaving);
      likeliest.fitting = Math.max(likeliest.fitting, fitting);
      if (isInside) {
        within++;
        mass += Math.exp(leaving);
        fittingMass += Math.exp(fitting);
      } else first = Math.min(first, index);
    }
    return [
      this.known,
      within,
      count - within,
      mass / this.known,
      inside.leaving,
      outside.leaving,
      first,
      fittingMass / this.known,
      inside.fitting,
      outside.fitting,
    ];
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
