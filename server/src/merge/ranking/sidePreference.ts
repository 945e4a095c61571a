// The side preference of a merge: which side its author takes. Small trees say of every conflict, from its texts alone, how likely ours and how likely
// theirs is right; a small set transformer (Lee et al., 2019) sees a conflict together with its siblings, the other
// conflicts of the merge, and says the same again. Both are further columns for the trees that choose among candidates.

import { sigmoid } from '../../common/sigmoid.js';
import type { FeatureColumn } from './features/table.js';
import { sideRelationColumns, sideRelationOf } from './features/sideRelation.js';
import type { ConflictTexts, RunGraph } from '../types.js';

/** Siblings that are asked, the first ones. */
export const MOST_SIBLINGS = 200;

/** Siblings that are seen together with the conflict, the first ones. */
const SEEN_TOGETHER = 63;

export const sidePreferenceColumns: readonly FeatureColumn[] = [
  'own.lean',
  'own.ours',
  'own.theirs',
  'merge.lean',
  'merge.ours',
  'merge.theirs',
  'merge.siblings',
  'joint.lean',
  'joint.ours',
  'joint.theirs',
].map((name) => ({ name, group: name.startsWith('own.') ? 'sides' : 'merge' }));

/** The log odds of ours against theirs, and how likely each of them is. */
type Chances = readonly [preference: number, ours: number, theirs: number];

/** A conflict as the set transformer sees it: its sides, and what the trees say of them. */
interface Known {
  readonly relation: readonly number[];
  readonly chances: Chances;
}

/** Values of sidePreferenceColumns. */
export interface SidePreference {
  readonly values: readonly number[];
  /** What they were if nothing was known of siblings. */
  readonly alone: readonly number[];
}

export interface SidePreferenceGraphs {
  readonly trees: string;
  readonly joint: string;
}

/** Keeps the log odds of one plain conflict from outweighing all others. */
const LEAST = 0.02;

/** What stands where there are no siblings, and how many of them are counted. */
const NONE = -9;
const MOST_COUNTED = 20;

/** Conflicts that are looked at in one go; between two goes the thread does other things. */
const BATCH = 16;

export type ReadSidePreference = (
  texts: ConflictTexts,
  siblings: readonly ConflictTexts[],
  signal: AbortSignal,
) => Promise<SidePreference>;

/** @returns a function that reads them; what it found out of a conflict it remembers */
export function createSidePreference({ trees, joint }: SidePreferenceGraphs, run: RunGraph): ReadSidePreference {
  const known = new WeakMap<ConflictTexts, Known>();
  const together = async (first: Known, siblings: readonly Known[]): Promise<Chances> => {
    const seen = [first, ...siblings.slice(0, SEEN_TOGETHER)];
    const data = Float32Array.from(seen.flatMap(({ relation, chances }) => [...relation, ...chances]));
    const { scores } = await run(joint, { features: { data, dims: [1, seen.length, data.length / seen.length] } });
    return chancesOf(scores!.data[0]!, scores!.data[1]!);
  };
  return async (texts, siblings, signal) => {
    const asked = siblings.slice(0, MOST_SIBLINGS);
    const unknown = [texts, ...asked].filter((each) => !known.has(each));
    for (let at = 0; at < unknown.length; at += BATCH) {
      const batch = unknown.slice(at, at + BATCH).map((conflict) => ({ conflict, relation: sideRelationOf(conflict) }));
      const data = Float32Array.from(batch.flatMap(({ relation }) => relation));
      const { scores } = await run(trees, { features: { data, dims: [batch.length, sideRelationColumns.length] } });
      signal.throwIfAborted();
      for (const [i, { conflict, relation }] of batch.entries())
        known.set(conflict, { relation, chances: chancesOf(scores!.data[2 * i]!, scores!.data[2 * i + 1]!) });
    }
    const own = known.get(texts)!;
    const others = asked.map((each) => known.get(each)!);
    const alone = [...own.chances, ...meanOf([]), ...(await together(own, []))];
    if (others.length === 0) return { values: alone, alone };
    return { values: [...own.chances, ...meanOf(others), ...(await together(own, others))], alone };
  };
}

function chancesOf(oursScore: number, theirsScore: number): Chances {
  const ours = sigmoid(oursScore);
  const theirs = sigmoid(theirsScore);
  return [Math.log((ours + LEAST) / (theirs + LEAST)), ours, theirs];
}

function meanOf(siblings: readonly Known[]): number[] {
  const count = siblings.length;
  if (count === 0) return [NONE, NONE, NONE, 0];
  const mean = (i: 0 | 1 | 2): number => siblings.reduce((sum, { chances }) => sum + chances[i], 0) / count;
  return [mean(0), mean(1), mean(2), Math.log1p(Math.min(count, MOST_COUNTED))];
}

/** Appends the same values to every row of a table. */
export function withSidePreference(table: Float32Array, width: number, values: readonly number[]): Float32Array {
  const rows = table.length / width;
  const wide = width + values.length;
  const result = new Float32Array(rows * wide);
  for (let row = 0; row < rows; row++) {
    result.set(table.subarray(row * width, (row + 1) * width), row * wide);
    result.set(values, row * wide + width);
  }
  return result;
}
