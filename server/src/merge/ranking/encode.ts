// A conflict as the network reads it, after MergeBERT: ours and theirs each aligned with the base, which gives four
// sequences of equal length two by two (a|o, o|a, b|o, o|b), and for every place the kind of edit. Beyond the paper, the
// kind also tells whether the other side has the token too. What is equal over long stretches is cut short.

import { align } from '../diff/threeWay.js';
import { tokenize } from '../diff/tokenize.js';
import type { MergeInput, Token } from '../types.js';

/** Places of a sequence; what is longer is cut in the middle. */
export const SEQUENCE_LENGTH = 96;

/** In the order a|o, o|a, b|o, o|b. */
export const SEQUENCES = 4;

/** Kinds of edits: 0 nothing here (padding), then the paper's four; OTHER_HAS is added where the other side has the token. */
export const editKinds = { padding: 0, equal: 1, inserted: 2, removed: 3, replaced: 4 } as const;
export const OTHER_HAS = 4;

/** Tokens are hashed to so many bits; the graph takes the two halves of them apart, so that few tokens look alike. */
const TOKEN_BITS = 22;

export interface EncodedConflict {
  /** [SEQUENCES, SEQUENCE_LENGTH]; 0 is padding. */
  readonly tokens: Int32Array;
  /** [SEQUENCES, SEQUENCE_LENGTH], of editKinds and OTHER_HAS. */
  readonly edits: Int32Array;
}

/** Tokens of the surroundings on either side, and of a stretch that is equal. */
const CONTEXT_TOKENS = 6;

interface Place {
  readonly side: string | undefined;
  readonly base: string | undefined;
  readonly sideEdit: number;
  readonly baseEdit: number;
}

const nothing = { side: undefined, base: undefined, sideEdit: 0, baseEdit: 0 };

export function encodeConflict(input: MergeInput): EncodedConflict {
  const words = (text: string): string[] => contentOf(tokenize(text, input.languageId));
  const ours = words(input.ours);
  const theirs = words(input.theirs);
  const base = words(input.base ?? '');
  const before = words(input.before.slice(-400)).slice(-CONTEXT_TOKENS);
  const after = words(input.after.slice(0, 400)).slice(0, CONTEXT_TOKENS);
  const tokens = new Int32Array(SEQUENCES * SEQUENCE_LENGTH);
  const edits = new Int32Array(SEQUENCES * SEQUENCE_LENGTH);
  for (const [pair, side, other] of [
    [0, ours, new Set(theirs)],
    [1, theirs, new Set(ours)],
  ] as const) {
    const places = [...before.map(equalPlace), ...shorten(alignPair(side, base)), ...after.map(equalPlace)];
    for (const [at, place] of fit(places).entries()) {
      const sideAt = 2 * pair * SEQUENCE_LENGTH + at;
      const baseAt = sideAt + SEQUENCE_LENGTH;
      tokens[sideAt] = hashToken(place.side);
      tokens[baseAt] = hashToken(place.base);
      edits[sideAt] = place.sideEdit + (place.side !== undefined && other.has(place.side) ? OTHER_HAS : 0);
      edits[baseAt] = place.baseEdit + (place.base !== undefined && other.has(place.base) ? OTHER_HAS : 0);
    }
  }
  return { tokens, edits };
}

/** Everything but blanks; line ends stay, as they tell statements apart. */
function contentOf(tokens: readonly Token[]): string[] {
  return tokens.filter(({ kind }) => kind !== 'space').map(({ text }) => text);
}

const equalPlace = (token: string): Place => ({
  side: token,
  base: token,
  sideEdit: editKinds.equal,
  baseEdit: editKinds.equal,
});

function alignPair(side: readonly string[], base: readonly string[]): Place[] {
  const stretches = align(base, side) ?? [
    { equal: false, from: { start: 0, end: base.length }, to: { start: 0, end: side.length } },
  ];
  return stretches.flatMap(({ equal, from, to }) => {
    if (equal) return base.slice(from.start, from.end).map(equalPlace);
    const length = Math.max(from.end - from.start, to.end - to.start);
    return Array.from({ length }, (_, i): Place => {
      const inBase = from.start + i < from.end ? base[from.start + i] : undefined;
      const inSide = to.start + i < to.end ? side[to.start + i] : undefined;
      const both = inBase !== undefined && inSide !== undefined;
      return {
        side: inSide,
        base: inBase,
        sideEdit: inSide === undefined ? editKinds.padding : both ? editKinds.replaced : editKinds.inserted,
        baseEdit: inBase === undefined ? editKinds.padding : both ? editKinds.replaced : editKinds.removed,
      };
    });
  });
}

/** Cuts the middle out of stretches that are equal for long. */
function shorten(places: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (let start = 0; start < places.length;) {
    const isEqual = places[start]!.sideEdit === editKinds.equal;
    let end = start + 1;
    while (end < places.length && (places[end]!.sideEdit === editKinds.equal) === isEqual) end++;
    if (isEqual && end - start > 2 * CONTEXT_TOKENS) {
      kept.push(...places.slice(start, start + CONTEXT_TOKENS), nothing, ...places.slice(end - CONTEXT_TOKENS, end));
    } else {
      for (let at = start; at < end; at++) kept.push(places[at]!);
    }
    start = end;
  }
  return kept;
}

/** Two thirds from the beginning and a third from the end of what is too long. */
function fit(places: readonly Place[]): readonly Place[] {
  if (places.length <= SEQUENCE_LENGTH) return places;
  const head = (2 * SEQUENCE_LENGTH) / 3;
  return [...places.slice(0, head), ...places.slice(places.length - (SEQUENCE_LENGTH - head))];
}

/** FNV-1a over UTF-16 units; 1 at the least, since 0 is padding. */
function hashToken(token: string | undefined): number {
  if (token === undefined) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return Math.max(1, (hash ^ (hash >>> TOKEN_BITS)) & ((1 << TOKEN_BITS) - 1));
}
