// How the two sides of a conflict relate, told from its texts alone. Whoever takes ours in one conflict of a merge tends to
// take ours in the others, so that this is asked of all of them; it has to be cheap, and to need nothing around a conflict.

import type { ConflictTexts } from '../../types.js';
import { conflictFeatures } from './conflictFeatures.js';
import { viewConflict } from './view.js';

const ofSide = [
  'added',
  'removed',
  'tokens',
  'lines',
  'toBase',
  'addedByOther',
  'removedByOther',
  'addedLinesByOther',
  'addedRemovedByOther',
  'sorted',
  'comments',
  'imports',
] as const;

/** The columns that the trees of the sides read, in order. */
export const sideRelationColumns: readonly string[] = [
  ...ofSide.map((name) => `ours.${name}`),
  ...ofSide.map((name) => `theirs.${name}`),
  'base.tokens',
  'base.lines',
  'base.known',
  'sides.alike',
  'sides.alikeLines',
  'sides.spaceAlone',
  'sides.oursSpaceAlone',
  'sides.theirsSpaceAlone',
  'sides.added',
  'sides.removed',
  'sides.opposed',
];

const chosen = sideRelationColumns.map((name) => conflictFeatures.find((feature) => feature.name === name)!);

/** One number for each of sideRelationColumns. */
export function sideRelationOf(texts: ConflictTexts): number[] {
  const view = viewConflict({
    input: { ...texts, before: '', after: '', languageId: '', path: '', others: [], siblings: [] },
    candidates: [],
    evidence: {
      relation: undefined,
      settlement: undefined,
      sidesParse: undefined,
      oursTokens: [],
      theirsTokens: [],
      baseTokens: [],
      lineMerge: undefined,
      tokenMerge: undefined,
    },
  });
  return chosen.map(({ value }) => value(view));
}
