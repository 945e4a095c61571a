// Which side a merge leans to. Small trees say of every conflict, from its texts alone, how likely ours and how likely
// theirs is right; what they say of a conflict and of its siblings, the other conflicts of the merge, are further columns
// for the trees that choose among its candidates.

import { sigmoid } from '../common/sigmoid.js';
import type { FeatureColumn } from './features/table.js';
import { sideColumns, sidesOf } from './features/sides.js';
import type { RunGraph } from './rank.js';
import type { ConflictTexts } from './types.js';

/** Siblings that are asked, the first ones. */
export const MOST_SIBLINGS = 200;

export const leaningColumns: readonly FeatureColumn[] = [
  'own.lean',
  'own.ours',
  'own.theirs',
  'merge.lean',
  'merge.ours',
  'merge.theirs',
  'merge.siblings',
].map((name) => ({ name, group: name.startsWith('own.') ? 'sides' : 'merge' }));

/** The log odds of ours against theirs, and how likely each of them is. */
type Leaning = readonly [lean: number, ours: number, theirs: number];

/** Keeps the log odds of one plain conflict from outweighing all others. */
const LEAST = 0.02;

/** What stands where there are no siblings, and how many of them are counted. */
const NONE = -9;
const MOST_COUNTED = 20;

/** Conflicts that are looked at in one go; between two goes the thread does other things. */
const BATCH = 16;

export type ReadLeaning = (
  texts: ConflictTexts,
  siblings: readonly ConflictTexts[],
  signal: AbortSignal,
) => Promise<readonly number[]>;

/** What the columns hold where nothing is known of siblings. */
export const withoutSiblings = (values: readonly number[]): number[] => [...values.slice(0, 3), NONE, NONE, NONE, 0];

/** @returns a function that gives the values of leaningColumns; what it found out of a conflict it remembers */
export function createLeaning(graph: string, run: RunGraph): ReadLeaning {
  const known = new WeakMap<ConflictTexts, Leaning>();
  return async (texts, siblings, signal) => {
    const asked = siblings.slice(0, MOST_SIBLINGS);
    const unknown = [texts, ...asked].filter((each) => !known.has(each));
    for (let at = 0; at < unknown.length; at += BATCH) {
      const batch = unknown.slice(at, at + BATCH);
      const table = Float32Array.from(batch.flatMap(sidesOf));
      const { scores } = await run(graph, { features: { data: table, dims: [batch.length, sideColumns.length] } });
      signal.throwIfAborted();
      for (const [i, each] of batch.entries())
        known.set(each, leaningOf(scores!.data[2 * i]!, scores!.data[2 * i + 1]!));
    }
    return [...known.get(texts)!, ...meanOf(asked.map((each) => known.get(each)!))];
  };
}

function leaningOf(oursScore: number, theirsScore: number): Leaning {
  const ours = sigmoid(oursScore);
  const theirs = sigmoid(theirsScore);
  return [Math.log((ours + LEAST) / (theirs + LEAST)), ours, theirs];
}

function meanOf(leanings: readonly Leaning[]): number[] {
  const count = leanings.length;
  if (count === 0) return [NONE, NONE, NONE, 0];
  const mean = (i: 0 | 1 | 2): number => leanings.reduce((sum, leaning) => sum + leaning[i], 0) / count;
  return [mean(0), mean(1), mean(2), Math.log1p(Math.min(count, MOST_COUNTED))];
}

/** Appends the same values to every row of a table. */
export function withLeaning(table: Float32Array, width: number, values: readonly number[]): Float32Array {
  const rows = table.length / width;
  const wide = width + values.length;
  const result = new Float32Array(rows * wide);
  for (let row = 0; row < rows; row++) {
    result.set(table.subarray(row * width, (row + 1) * width), row * wide);
    result.set(values, row * wide + width);
  }
  return result;
}
