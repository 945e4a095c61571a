// The features of a conflict as the ranker reads them: one row for each candidate, and one for "none of these".

import type { MergeProblem } from '../../types.js';
import { candidateFeatures, type FeatureGroup } from './candidateFeatures.js';
import { conflictFeatures } from './conflictFeatures.js';
import { patternFeatures } from './patternFeatures.js';
import { viewConflict } from './view.js';

const ofCandidate = [...candidateFeatures, ...patternFeatures];

export interface FeatureColumn {
  readonly name: string;
  readonly group: FeatureGroup;
}

/** The columns in order: those of the candidate first, those of the conflict behind them. */
export const featureColumns: readonly FeatureColumn[] = [...ofCandidate, ...conflictFeatures].map(
  ({ name, group }) => ({ name, group }),
);

/** What stands in the candidate's columns of the last row, which no candidate's features ever are. */
const NONE = -9;

/** @returns row-major, [candidates + 1, featureColumns]; the last row stands for "none of these" */
export function featureTable(problem: MergeProblem): Float32Array {
  const view = viewConflict(problem);
  const width = featureColumns.length;
  const table = new Float32Array((view.candidates.length + 1) * width).fill(NONE);
  const shared = conflictFeatures.map(({ value }) => value(view));
  for (let row = 0; row <= view.candidates.length; row++) {
    const candidate = view.candidates[row];
    if (candidate !== undefined)
      table.set(
        ofCandidate.map(({ value }) => value(candidate)),
        row * width,
      );
    table.set(shared, row * width + ofCandidate.length);
  }
  return table;
}
