// How the rest of a file looks to a conflict: the other conflicts resolved to ours, or to theirs. Of a long file only the
// part around the conflict is parsed; its edges are cut off for every candidate alike.

import type { Surrounding } from './syntaxCheck.js';
import type { Conflict, ConflictFile } from '../types.js';

/** UTF-16 units on either side of a conflict. Every candidate is parsed with them, so they decide how long an answer takes. */
const LONGEST = 6_000;

export function surroundingsOf(text: string, file: ConflictFile, conflict: Conflict): Surrounding[] {
  const withOurs = surroundingWith('ours', text, file, conflict);
  if (file.conflicts.length < 2) return [withOurs];
  const withTheirs = surroundingWith('theirs', text, file, conflict);
  return withOurs.before === withTheirs.before && withOurs.after === withTheirs.after
    ? [withOurs]
    : [withOurs, withTheirs];
}

function surroundingWith(
  side: 'ours' | 'theirs',
  text: string,
  { conflicts }: ConflictFile,
  conflict: Conflict,
): Surrounding {
  const start = startOfLine(text, Math.max(0, conflict.range.start - LONGEST));
  const end = startOfLine(text, Math.min(text.length, conflict.range.end + LONGEST));
  const before: string[] = [];
  const after: string[] = [];
  let copied = start;
  for (const other of conflicts) {
    if (other.range.end <= start || other.range.start >= end) continue;
    const parts = other.index < conflict.index ? before : after;
    if (other.index === conflict.index) {
      before.push(text.slice(copied, other.range.start));
    } else {
      parts.push(text.slice(Math.min(copied, other.range.start), other.range.start), other[side].text);
    }
    copied = Math.max(copied, other.range.end);
  }
  if (copied < end) after.push(text.slice(copied, end));
  return { before: before.join(''), after: after.join('') };
}

function startOfLine(text: string, offset: number): number {
  if (offset <= 0 || offset >= text.length) return Math.max(0, Math.min(offset, text.length));
  return text.lastIndexOf('\n', offset - 1) + 1;
}
