// Finds the base of conflicts whose markers do not show it, in the version of the whole file from which both sides came.
// The file as ours has it and as theirs has it are both laid against that version; what lies there between the lines in
// front of a conflict and the lines behind it is the conflict's base.

import { withLf } from '../diff/lineEnds.js';
import { linesOf } from '../diff/material.js';
import { align } from '../diff/threeWay.js';
import type { Conflict, ConflictFile, ConflictSection } from '../types.js';

/** Versions that are further apart, in lines, are not laid against each other. */
const MOST_EDITS = 2000;

/** Where a conflict's side lies, in the lines of that side's version of the file. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * The same conflicts, with bases where they could be found, and the version of the whole file.
 * @param text the marked text in which the conflicts were found
 * @param baseText the version of the whole file from which both sides came; its line ends do not matter
 */
export function addBases(text: string, file: ConflictFile, baseText: string): ConflictFile {
  const whole = { text: baseText };
  if (file.conflicts.every(({ base }) => base !== undefined)) return { ...file, whole };
  const base = linesOf(baseText);
  const baseKeys = base.map(keyOf);
  const ours = locate(text, file.conflicts, 'ours', baseKeys);
  const theirs = locate(text, file.conflicts, 'theirs', baseKeys);
  if (ours === undefined || theirs === undefined) return { ...file, whole };
  const conflicts = file.conflicts.map((conflict, index): Conflict => {
    if (conflict.base !== undefined) return conflict;
    // Both versions have the same lines around the conflict, so where they disagree, the closer one is right on each end.
    const start = Math.max(ours[index]!.start, theirs[index]!.start);
    const end = Math.min(ours[index]!.end, theirs[index]!.end);
    if (start > end) return conflict;
    const section: ConflictSection = { text: base.slice(start, end).join(''), range: { start: 0, end: 0 } };
    return { ...conflict, base: section };
  });
  return { ...file, conflicts, whole };
}

/** For each conflict the lines of the base that lie between its neighbours, seen from one side's version of the file. */
function locate(
  text: string,
  conflicts: readonly Conflict[],
  side: 'ours' | 'theirs',
  baseKeys: readonly string[],
): Place[] | undefined {
  const lines: string[] = [];
  const places: Place[] = [];
  let copied = 0;
  for (const conflict of conflicts) {
    lines.push(...linesOf(text.slice(copied, conflict.range.start)));
    const start = lines.length;
    lines.push(...linesOf(conflict[side].text));
    places.push({ start, end: lines.length });
    copied = conflict.range.end;
  }
  lines.push(...linesOf(text.slice(copied)));

  const aligned = align(baseKeys, lines.map(keyOf), MOST_EDITS);
  if (aligned === undefined) return undefined;
  const inBase = new Int32Array(lines.length).fill(-1);
  for (const { equal, from, to } of aligned) {
    if (!equal) continue;
    for (let index = to.start; index < to.end; index++) inBase[index] = from.start + index - to.start;
  }
  // The nearest line on either side that the base has, too; lines that git merged without a conflict may lie between.
  const before = new Int32Array(lines.length + 1);
  for (let index = 0; index < lines.length; index++) {
    before[index + 1] = inBase[index]! === -1 ? before[index]! : inBase[index]! + 1;
  }
  const after = new Int32Array(lines.length + 1);
  after[lines.length] = baseKeys.length;
  for (let index = lines.length - 1; index >= 0; index--) {
    after[index] = inBase[index]! === -1 ? after[index + 1]! : inBase[index]!;
  }
  return places.map(({ start, end }) => ({ start: before[start]!, end: after[end]! }));
}

function keyOf(line: string): string {
  return withLf(line).replace(/\n$/, '');
}
