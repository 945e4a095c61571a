// Three-way merges of sequences (diff3), on lines and on tokens, and the alignment of two sequences. The one file that
// knows the diff library; every search for a difference is bounded by the number of edits, so that it ends soon.

import { diffArrays } from 'diff';
import type { MergeChunk, ThreeWayMerge } from '../types.js';

/** Sequences that are further apart are not aligned: the search takes time in proportion to the square of this. */
const MAXIMUM_EDITS = 300;

/** A stretch of two aligned sequences: equal, or replaced (where one of the two may be empty). */
export interface Aligned {
  readonly equal: boolean;
  /** Half open, in the first sequence. */
  readonly from: { readonly start: number; readonly end: number };
  /** Half open, in the second sequence. */
  readonly to: { readonly start: number; readonly end: number };
}

/** Aligns two sequences; undefined when they differ by more than `maximumEdits` insertions and deletions. */
export function align(
  from: readonly string[],
  to: readonly string[],
  maximumEdits = MAXIMUM_EDITS,
): Aligned[] | undefined {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let common = 0;
  while (common < shorter - start && from[from.length - 1 - common] === to[to.length - 1 - common]) common++;
  const fromEnd = from.length - common;
  const toEnd = to.length - common;

  const aligned: Aligned[] = [];
  const add = (equal: boolean, fromCount: number, toCount: number): void => {
    if (fromCount + toCount === 0) return;
    const last = aligned.at(-1);
    if (last?.equal === equal) {
      aligned[aligned.length - 1] = {
        equal,
        from: { start: last.from.start, end: last.from.end + fromCount },
        to: { start: last.to.start, end: last.to.end + toCount },
      };
    } else {
      const fromStart = last?.from.end ?? 0;
      const toStart = last?.to.end ?? 0;
      aligned.push({
        equal,
        from: { start: fromStart, end: fromStart + fromCount },
        to: { start: toStart, end: toStart + toCount },
      });
    }
  };
  add(true, start, start);
  if (start === fromEnd || start === toEnd) {
    add(false, fromEnd - start, toEnd - start);
  } else {
    const changes = diffArrays(from.slice(start, fromEnd), to.slice(start, toEnd), { maxEditLength: maximumEdits });
    if (changes === undefined) return undefined;
    for (const { added, removed, value } of changes) {
      if (added) add(false, 0, value.length);
      else if (removed) add(false, value.length, 0);
      else add(true, value.length, value.length);
    }
  }
  add(true, common, common);
  return aligned;
}

/**
 * Merges two changes of one sequence; undefined when a side is too far from the base.
 * @param keyOf what two items must have in common to be the same; those of ours are kept then, unless only theirs differs
 */
export function mergeThreeWay(
  ours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
  keyOf?: (item: string) => string,
  maximumEdits = MAXIMUM_EDITS,
): ThreeWayMerge<string> | undefined {
  const keys = (items: readonly string[]): readonly string[] => (keyOf === undefined ? items : items.map(keyOf));
  const oursKeys = keys(ours);
  const baseKeys = keys(base);
  const theirsKeys = keys(theirs);
  const oursAligned = align(baseKeys, oursKeys, maximumEdits);
  const theirsAligned = oursAligned && align(baseKeys, theirsKeys, maximumEdits);
  if (oursAligned === undefined || theirsAligned === undefined) return undefined;
  const inOurs = matchesOf(oursAligned, base.length);
  const inTheirs = matchesOf(theirsAligned, base.length);

  const chunks: MergeChunk<string>[] = [];
  let conflicts = 0;
  let oursAt = 0;
  let baseAt = 0;
  let theirsAt = 0;
  const decide = (oursTo: number, baseTo: number, theirsTo: number): void => {
    const chunk = decideChunk(ours.slice(oursAt, oursTo), base.slice(baseAt, baseTo), theirs.slice(theirsAt, theirsTo));
    if (chunk === undefined) return;
    if (chunk.kind === 'conflict') conflicts++;
    chunks.push(chunk);
  };
  for (let index = 0; index < base.length; index++) {
    const oursMatch = inOurs[index]!;
    const theirsMatch = inTheirs[index]!;
    if (oursMatch < 0 || theirsMatch < 0) continue;
    decide(oursMatch, index, theirsMatch);
    let length = 1;
    while (
      index + length < base.length &&
      inOurs[index + length] === oursMatch + length &&
      inTheirs[index + length] === theirsMatch + length
    ) {
      length++;
    }
    const items = base.slice(index, index + length).map((item, place) => {
      const oursItem = ours[oursMatch + place]!;
      return oursItem === item ? theirs[theirsMatch + place]! : oursItem;
    });
    chunks.push({ kind: 'stable', items, from: 'all' });
    oursAt = oursMatch + length;
    theirsAt = theirsMatch + length;
    baseAt = index + length;
    index = baseAt - 1;
  }
  decide(ours.length, base.length, theirs.length);
  return { chunks, conflicts };
}

/** For each item of the base its place in the other sequence, or -1. */
function matchesOf(aligned: readonly Aligned[], length: number): Int32Array {
  const matches = new Int32Array(length).fill(-1);
  for (const { equal, from, to } of aligned) {
    if (!equal) continue;
    for (let index = from.start; index < from.end; index++) matches[index] = to.start + index - from.start;
  }
  return matches;
}

function decideChunk(
  ours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
): MergeChunk<string> | undefined {
  if (ours.length + base.length + theirs.length === 0) return undefined;
  if (areEqual(ours, theirs)) return { kind: 'stable', items: ours, from: 'both' };
  if (areEqual(ours, base)) return { kind: 'stable', items: theirs, from: 'theirs' };
  if (areEqual(theirs, base)) return { kind: 'stable', items: ours, from: 'ours' };
  return { kind: 'conflict', ours, base, theirs };
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
