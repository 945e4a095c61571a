// Attribution: what spoke for a candidate and what against it, told by asking the trees again: with each group of its features as if the
// candidate were like the mean of the conflict's candidates, and with the merge's other conflicts as if they were not known.

import type { FeatureGroup } from './features/candidateFeatures.js';
import type { FeatureColumn } from './features/table.js';
import type { SidePreference } from './sidePreference.js';
import { reasonFrom } from './attributionWords.js';
import { softmax } from './softmax.js';
import type { Attribution } from '../types.js';

const MOST_ATTRIBUTIONS = 4;

interface Scored {
  readonly table: Float32Array;
  readonly columns: readonly FeatureColumn[];
  readonly scores: Float32Array;
  /** Where the last columns hold it. */
  readonly sidePreference: SidePreference | undefined;
}

type Score = (table: Float32Array) => Promise<Float32Array>;

/** @param chosen the rows that are asked about */
export async function attribute(scored: Scored, chosen: readonly number[], score: Score): Promise<Attribution[][]> {
  const { columns, table } = scored;
  if (table.length / columns.length < 3) return chosen.map(() => []);
  const byGroup = await attributeToGroups(scored, chosen, score);
  const byMerge = await attributeToSiblings(scored, chosen, score);
  return chosen.map((_, place) =>
    [...byGroup[place]!, ...byMerge[place]!]
      .sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
      .slice(0, MOST_ATTRIBUTIONS),
  );
}

async function attributeToGroups(
  { table, columns, scores }: Scored,
  chosen: readonly number[],
  score: Score,
): Promise<Attribution[][]> {
  const width = columns.length;
  const groups = [...new Set(columns.map(({ group }) => group))].filter((group) => !sharedByAll.includes(group));
  const candidates = table.length / width - 1;
  const mean = new Float32Array(width);
  for (let row = 0; row < candidates; row++)
    for (let i = 0; i < width; i++) mean[i]! += table[row * width + i]! / candidates;
  const changed = new Float32Array(chosen.length * groups.length * width);
  const places: { readonly place: number; readonly group: FeatureGroup; readonly index: number }[] = [];
  for (const [place, index] of chosen.entries()) {
    for (const group of groups) {
      const at = places.length * width;
      changed.set(table.subarray(index * width, (index + 1) * width), at);
      for (let i = 0; i < width; i++) if (columns[i]!.group === group) changed[at + i] = mean[i]!;
      places.push({ place, group, index });
    }
  }
  const without = await score(changed);
  const reasons: Attribution[][] = chosen.map(() => []);
  for (const [i, { place, group, index }] of places.entries()) {
    const weight = scores[index]! - without[i]!;
    reasons[place]!.push({ reason: reasonFrom(group, weight > 0), weight });
  }
  return reasons;
}

/** Groups whose columns are the same for all candidates of a conflict. */
const sharedByAll: readonly FeatureGroup[] = ['sides', 'merge'];

/** What the siblings say is the same for all candidates, so that it is their probabilities that are compared. */
async function attributeToSiblings(
  { table, columns, scores, sidePreference }: Scored,
  chosen: readonly number[],
  score: Score,
): Promise<Attribution[][]> {
  if (sidePreference === undefined || sidePreference.values === sidePreference.alone) return chosen.map(() => []);
  const width = columns.length;
  const first = width - sidePreference.alone.length;
  const alone = table.slice();
  for (let row = 0; row < table.length / width; row++) alone.set(sidePreference.alone, row * width + first);
  const without = softmax(await score(alone));
  const probabilities = softmax(scores);
  return chosen.map((index) => {
    const weight = Math.log(probabilities[index]! / without[index]!);
    return [{ reason: reasonFrom('merge', weight > 0), weight }];
  });
}
