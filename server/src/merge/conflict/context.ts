// The lines around a conflict that the answer may depend on.

import type { OffsetRange } from '../../common/range.js';

/** Lines in front of and behind a conflict; as many as the ranker was trained with. */
export const CONTEXT_LINES = 12;

/** Other conflicts of the file that the ranker is told of. */
export const OTHER_CONFLICTS = 20;

/** No more than this is looked at on either side, however long the lines are. */
const LONGEST_CONTEXT = 4000;

export function contextBefore(text: string, range: OffsetRange): string {
  const earliest = Math.max(0, range.start - LONGEST_CONTEXT);
  let start = range.start;
  for (let lines = 0; lines < CONTEXT_LINES && start > earliest; lines++) {
    start = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
  }
  return text.slice(Math.max(start, earliest), range.start);
}

export function contextAfter(text: string, range: OffsetRange): string {
  const latest = Math.min(text.length, range.end + LONGEST_CONTEXT);
  let end = range.end;
  for (let lines = 0; lines < CONTEXT_LINES && end < latest; lines++) {
    const newline = text.indexOf('\n', end);
    end = newline === -1 ? text.length : newline + 1;
  }
  return text.slice(range.end, Math.min(end, latest));
}

/** All but one of a list, those that stand next to it first. */
export function nearestFirst<T>(all: readonly T[], index: number): T[] {
  return all
    .map((item, i) => ({ item, distance: Math.abs(i - index) }))
    .filter(({ distance }) => distance > 0)
    .sort((left, right) => left.distance - right.distance)
    .map(({ item }) => item);
}
