// The parts of a line in columns, by their places in `partsOf`, which are the cost tree's ids: every program asks all parts,
// dozens of programs a line.

import { LINE_END } from '../tree/alignTokens.js';
import { isInHole } from '../choose/chooseHoles.js';
import { partsOf, type Scores } from '../tree/costTree.js';
import { MATCH_LENGTH } from './features.js';
import type { AlignedCompletion, AlignedNode, Hole } from '../types.js';

export interface PartColumns {
  readonly count: number;
  /** Of each part the place of the one that it belongs to, which is smaller; -1 of the first. */
  readonly parents: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Whether (0 or 1) it has no parts of its own, and whether it is a piece. */
  readonly isLeaf: Uint8Array;
  readonly isPiece: Uint8Array;
  /** Costs by raw log-probabilities, and by the trained score of parts, without and with a hole in front. */
  readonly raw: Float64Array;
  readonly trained: Float64Array;
  readonly trainedAfterHole: Float64Array;
  readonly matchLength: Float64Array;
  /** The tokens that touch its own characters: those from `tokensTo` of the part before up to its own. */
  readonly tokens: Int32Array;
  readonly tokensTo: Int32Array;
  /** Of these tokens the least log-probability and the largest entropy; 0 where there are none. */
  readonly leastLogProbability: Float64Array;
  readonly mostEntropy: Float64Array;
  /** The place of the line's end. */
  readonly lineEnd: number;
}

/** @param rows of `featuresOf(aligned)` */
export function columnsOf(
  aligned: AlignedCompletion,
  raw: Scores,
  trained: Scores,
  rows: readonly Float64Array[],
): PartColumns {
  const all = partsOf(aligned);
  const parents = new Int32Array(all.length).fill(-1);
  const places = new Map<AlignedNode, number>(all.map((part, place) => [part, place]));
  for (const [place, { children }] of all.entries()) for (const child of children) parents[places.get(child)!] = place;
  const ofTokens = all.map(({ tokens }) => tokens.map((token) => aligned.completion.tokens[token]!));
  let tokensTo = 0;
  return {
    count: all.length,
    parents,
    starts: Int32Array.from(all, ({ range }) => range.start),
    ends: Int32Array.from(all, ({ range }) => range.end),
    isLeaf: Uint8Array.from(all, ({ children }) => (children.length === 0 ? 1 : 0)),
    isPiece: Uint8Array.from(all, ({ kind }) => (kind === 'piece' ? 1 : 0)),
    raw: Float64Array.from(raw, ({ cost }) => cost),
    trained: Float64Array.from(trained, ({ cost }) => cost),
    trainedAfterHole: Float64Array.from(trained, ({ costAfterHole }) => costAfterHole),
    matchLength: Float64Array.from(rows, (row) => row[MATCH_LENGTH]!),
    tokens: Int32Array.from(all.flatMap(({ tokens }) => tokens)),
    tokensTo: Int32Array.from(all, ({ tokens }) => (tokensTo += tokens.length)),
    leastLogProbability: Float64Array.from(ofTokens, (own) => Math.min(0, ...own.map((one) => one.logProbability))),
    mostEntropy: Float64Array.from(ofTokens, (own) => Math.max(0, ...own.map((one) => one.entropy))),
    lineEnd: all.findLastIndex(({ type }) => type === LINE_END),
  };
}

/** What becomes of a part in a program: it lies in a hole, or is a kept piece directly behind one; 0 of all other kept ones. */
export const TAKEN = 1;
export const AFTER_HOLE = 2;

/** The state of each part. */
export function partStatesOf(columns: PartColumns, holes: readonly Hole[]): Uint8Array {
  const { count, parents, starts, ends, isLeaf, isPiece } = columns;
  const partStates = new Uint8Array(count);
  if (holes.length === 0) return partStates;
  let endsInHole = false;
  for (let part = 0; part < count; part++) {
    if (isLeaf[part] === 0) continue;
    if (isInHole(starts[part]!, ends[part]!, holes)) {
      partStates[part] = TAKEN;
      endsInHole = true;
    } else {
      if (endsInHole && isPiece[part] === 1) partStates[part] = AFTER_HOLE;
      endsInHole = false;
    }
  }
  // What has parts of its own lies in holes where all of these do.
  const hasKept = new Uint8Array(count);
  for (let part = count - 1; part > 0; part--) {
    if (isLeaf[part] === 0 && hasKept[part] === 0) partStates[part] = TAKEN;
    if (partStates[part] !== TAKEN) hasKept[parents[part]!] = 1;
  }
  return partStates;
}
