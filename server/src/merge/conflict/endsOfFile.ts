// The two ends of a file: the mark of the byte order before its first line, and whether its last line is ended. Git marks
// conflicts by lines, so it puts a mark behind its own marker and ends a last line that no version ends. Here an answer
// gets back what the versions have, where the side that changed it wins.

import type { Conflict, Resolution } from '../types.js';

/** The whole file as each side and their base have it, as far as they are known. */
export interface FileVersions {
  readonly ours: string | undefined;
  readonly base: string | undefined;
  readonly theirs: string | undefined;
}

export const BYTE_ORDER_MARK = '\ufeff';

/** An answer that begins and ends the file as the versions do, where its conflict stands there. */
export function withEndsOfFile(
  resolution: Resolution,
  document: string,
  conflict: Conflict,
  versions: FileVersions,
): Resolution {
  const ended =
    conflict.range.end === document.length && !endsFile(resolution.text, versions)
      ? shortened(resolution, withoutLastEnd(resolution.text, [versions.ours, versions.theirs]))
      : resolution;
  const isMarked = conflict.range.start === 0 && beginsWithMark(document, conflict, versions);
  return isMarked && ended.text !== '' ? behindMark(ended) : ended;
}

/** Whether a file with these last lines ends with a line end. */
export function endsFile(text: string, { ours, base, theirs }: FileVersions): boolean {
  // An empty file has no last line.
  const isEnded = (version = ''): boolean | undefined =>
    withoutMark(version) === '' ? undefined : version.endsWith('\n');
  const sides = { ours: isEnded(ours), theirs: isEnded(theirs) };
  if (sides.ours === undefined || sides.theirs === undefined) return sides.ours ?? sides.theirs ?? true;
  const bare = lastLinesOf(text);
  // A whole side keeps its own end where nobody knows which of the two changed.
  if (isEnded(base) === undefined && sides.ours !== sides.theirs) {
    const [own] = (['ours', 'theirs'] as const).filter((side) => lastLinesOf({ ours, theirs }[side]!).endsWith(bare));
    return own === undefined ? true : sides[own]!;
  }
  return threeWay(sides.ours, isEnded(base), sides.theirs);
}

/** A text without the line end that git gave to its last line. A carriage return that stands alone in a version is its own. */
export function withoutLastEnd(text: string, versions: readonly (string | undefined)[]): string {
  if (!text.endsWith('\r\n')) return text.replace(/\n$/, '');
  const bare = text.slice(0, -1);
  const last = bare.slice(bare.lastIndexOf('\n') + 1);
  return versions.some((version) => version?.endsWith(last)) ? bare : bare.slice(0, -1);
}

function lastLinesOf(version: string): string {
  return version.replaceAll('\r\n', '\n').replace(/\n$/, '');
}

/** Whether a file begins with the mark. */
export function marksFile({ ours, base, theirs }: FileVersions): boolean {
  return threeWay(hasMark(ours), hasMark(base), hasMark(theirs));
}

export function hasMark(text = ''): boolean {
  return text.startsWith(BYTE_ORDER_MARK);
}

export function withoutMark(text: string): string {
  return hasMark(text) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

/** What both sides say, or what the side says that says something else than the base. */
function threeWay(ours: boolean, base: boolean | undefined, theirs: boolean): boolean {
  return ours === base ? theirs : ours;
}

/** What stands behind the markers of the first line; the sections themselves come without it. */
function beginsWithMark(document: string, { ours, base, theirs }: Conflict, versions: FileVersions): boolean {
  const marked = (start: number): boolean => document[start - 1] === BYTE_ORDER_MARK;
  const isShown = base !== undefined && base.range.end > 0;
  return threeWay(
    marked(ours.range.start),
    isShown ? marked(base.range.start) : versions.base === undefined ? undefined : hasMark(versions.base),
    marked(theirs.range.start),
  );
}

function shortened(resolution: Resolution, text: string): Resolution {
  const pieces = resolution.pieces
    .map(({ origin, range }) => ({ origin, range: { start: range.start, end: Math.min(range.end, text.length) } }))
    .filter(({ range }) => range.end > range.start);
  return { ...resolution, text, pieces };
}

function behindMark({ text, pieces, ...rest }: Resolution): Resolution {
  const by = BYTE_ORDER_MARK.length;
  const moved = pieces.map(({ origin, range }) => ({
    origin,
    range: { start: range.start + by, end: range.end + by },
  }));
  return { ...rest, text: BYTE_ORDER_MARK + text, pieces: moved };
}
