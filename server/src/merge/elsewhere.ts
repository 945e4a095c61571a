// The conflicts of a merge's other files, which tell which side the merge prefers. They are read once for all files of a
// repository that are asked about one after the other.

import { addBases } from './conflict/addBases.js';
import { MOST_SIBLINGS } from './ranking/sidePreference.js';
import { parseConflicts } from './conflict/parseConflicts.js';
import { textsOf } from './conflict/textsOf.js';
import type { ConflictTexts } from './types.js';

/** A file in conflict, as it stands in the working tree. */
export interface MarkedText {
  readonly path: string;
  readonly text: string;
  /** The version before both sides changed it, where it is known. */
  readonly base: string | undefined;
}

export interface MergedFileConflicts {
  readonly path: string;
  readonly conflicts: readonly ConflictTexts[];
}

/** The conflicts of each file, with bases where they can be found. */
export function conflictsOfFiles(files: readonly MarkedText[]): MergedFileConflicts[] {
  let left = 2 * MOST_SIBLINGS;
  const found: MergedFileConflicts[] = [];
  for (const { path, text, base } of files) {
    if (left <= 0) break;
    const marked = parseConflicts(text);
    const { conflicts } = base === undefined ? marked : addBases(text, marked, base);
    found.push({ path, conflicts: conflicts.slice(0, left).map(textsOf) });
    left -= conflicts.length;
  }
  return found;
}

/** The conflicts of all files but one. */
export function conflictsElsewhere(files: readonly MergedFileConflicts[], path: string): ConflictTexts[] {
  return files.filter((file) => file.path !== path).flatMap(({ conflicts }) => conflicts);
}
