// Whether structure alone settles a conflict: each side's edits are in elements and nodes of their own, so that there is
// one way to have both, whoever goes first. What git does for lines, this does for what lines are made of.

import { withoutSpace } from '../diff/withoutSpace.js';
import type { EditRelation, Settlement } from '../types.js';
import { mergeOutlines, type MergePreference } from './mergeOutlines.js';
import { textOfElements, type Element } from './outline.js';

export interface Outlines {
  readonly ours: readonly Element[];
  readonly base: readonly Element[];
  readonly theirs: readonly Element[];
}

/** Whoever goes first, and wherever additions go, the text has to be the same. */
const extremes: readonly MergePreference[] = [
  { word: 'ours', first: 'ours', additions: 'inPlace' },
  { word: 'theirs', first: 'theirs', additions: 'inPlace' },
];

/**
 * @param relation of the edits, from `relateEdits`
 * @returns undefined where the sides' edits meet, or where it depends on a preference what comes of them
 */
export function settle({ ours, base, theirs }: Outlines, relation: EditRelation): Settlement | undefined {
  if (!areApart(relation)) return undefined;
  const [text, ...others] = extremes.map((preference) =>
    withoutSpace(textOfElements(mergeOutlines(ours, base, theirs, preference).elements)),
  );
  if (text === undefined || others.some((other) => other !== text)) return undefined;
  return { text, ours: relation.ours, theirs: relation.theirs };
}

/** Whether no edit of one side is where an edit of the other is, and both sides did something. */
function areApart({ ours, theirs, both, removedChanged, twins, sameGap }: EditRelation): boolean {
  if (both + removedChanged + twins + sameGap > 0) return false;
  return [ours, theirs].every(({ added, removed, changed }) => added + removed + changed > 0);
}
