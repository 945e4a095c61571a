// Finds the conflicts that git marked in a text. Markers belong together when they repeat their sign equally often, so the
// longer markers that git writes into the base of a criss-cross merge are text. What is not certain is reported as broken
// and never resolved. Takes time in proportion to the text, and takes any text.

import type { OffsetRange } from '../../common/range.js';
import { BYTE_ORDER_MARK } from './endsOfFile.js';
import { linesOf } from '../diff/material.js';
import { linesOfVersions, type Lines, type MarkersOfGit } from './textMarkers.js';
import type { BrokenConflict, BrokenReason, Conflict, ConflictFile, ConflictSection } from '../types.js';

/** Git's own size. A shorter marker that is part of no conflict is taken for text, a longer one for a broken conflict. */
const USUAL_SIZE = 7;

/** Shorter runs of a sign are taken for markers only where git was told to write such. */
const SMALLEST_SIZE = 3;

interface Marker {
  readonly sign: '<' | '|' | '=' | '>';
  readonly size: number;
  readonly label: string;
  readonly line: number;
  /** Without the line end. */
  readonly range: OffsetRange;
  /** Behind the line end. */
  readonly next: number;
  /** Whether a version has the line too, so that it may be text or git's. */
  readonly isStray?: boolean;
}

/** A conflict whose end marker has not come yet. */
interface OpenConflict {
  readonly opening: Marker;
  base: Marker | undefined;
  separator: Marker | undefined;
  problem: BrokenReason | undefined;
  /** How much had been found when it opened: what was found since lies inside. */
  readonly conflictsBefore: number;
  readonly brokenBefore: number;
  holdsConflict: boolean;
}

type Unnumbered = Omit<Conflict, 'index'>;

/**
 * All conflicts of a text in their order, none inside another, and the marker lines that make none.
 * @param git what git knows of the file; without it markers of every size count, wherever they come from
 */
export function parseConflicts(text: string, git?: MarkersOfGit): ConflictFile {
  if (git === undefined) return parseMarkers([...findMarkers(text)], text);
  const { markerSize, versions } = git;
  const smallest = Math.min(SMALLEST_SIZE, markerSize);
  const inVersions = new Map(versions.map((version) => [version, markersOfVersion(version, smallest)]));
  const isExample = linesOfVersions(text, versions, (version) => inVersions.get(version)!.examples);
  const isStray = linesOfVersions(text, versions, (version) =>
    inVersions.get(version)!.strays.map(({ line }) => ({ first: line, last: line })),
  );
  const markers = [...findMarkers(text, smallest)]
    .filter(({ line }) => !isExample(line))
    .map((marker) => ({ ...marker, isStray: isStray(marker.line) }))
    .filter((marker) => !marker.isStray || marker.sign === '|' || marker.sign === '=');
  const isOfGit = versions.length > 0;
  const found = parseMarkers(
    markers.filter(({ size }) => size === markerSize),
    text,
    { smallestBroken: markerSize, isOfGit },
  );
  if (!isOfGit || found.conflicts.length + found.broken.length > 0) return found;
  // The merge itself may have changed the size: git read the attribute as ours has it, before it wrote what theirs has.
  const ofOtherSize = parseMarkers(markers, text);
  return ofOtherSize.conflicts.length > 0 ? ofOtherSize : found;
}

/** What a version itself has: whole conflicts, which are examples, and markers of none. */
function markersOfVersion(
  version: string,
  smallest: number,
): { readonly examples: readonly Lines[]; readonly strays: readonly Marker[] } {
  const markers = [...findMarkers(version, smallest)];
  const examples = parseMarkers(markers, version).conflicts.map(({ line, range }) => ({
    first: line,
    last: line + linesOf(version.slice(range.start, range.end)).length - 1,
  }));
  let next = 0;
  const strays = markers.filter(({ line }) => {
    while (next < examples.length && examples[next]!.last < line) next++;
    return next === examples.length || examples[next]!.first > line;
  });
  return { examples, strays };
}

/** @param isOfGit whether markers in the middle are known to be git's where they are not stray, so that one alone is told */
function parseMarkers(
  markers: readonly Marker[],
  text: string,
  { smallestBroken = USUAL_SIZE, isOfGit = false } = {},
): ConflictFile {
  const conflicts: Unnumbered[] = [];
  const broken: BrokenConflict[] = [];
  const open: OpenConflict[] = [];
  const openOfSize = new Map<number, OpenConflict[]>();
  const closeInnermost = (): OpenConflict => {
    const innermost = open.pop()!;
    openOfSize.get(innermost.opening.size)!.pop();
    return innermost;
  };
  const report = (marker: Marker, reason: BrokenReason): void => {
    if (marker.size >= smallestBroken) broken.push({ range: marker.range, line: marker.line, reason });
  };

  for (const marker of markers) {
    const { sign, size } = marker;
    if (sign === '<') {
      const opened: OpenConflict = {
        opening: marker,
        base: undefined,
        separator: undefined,
        problem: undefined,
        conflictsBefore: conflicts.length,
        brokenBefore: broken.length,
        holdsConflict: false,
      };
      open.push(opened);
      const sameSize = openOfSize.get(size);
      if (sameSize === undefined) openOfSize.set(size, [opened]);
      else sameSize.push(opened);
      continue;
    }
    const current = openOfSize.get(size)?.at(-1);
    if (current === undefined) {
      const isAlone = sign === '>' || (isOfGit && marker.isStray !== true);
      if (isAlone && open.length === 0) report(marker, 'strayMarker');
    } else if (sign === '|') {
      if (current.separator !== undefined) continue;
      // A line of text that looks like one of git's markers: which of them ends ours, nobody knows.
      if (current.base !== undefined || marker.isStray === true) current.problem = 'severalSeparators';
      current.base ??= marker;
    } else if (sign === '=') {
      if (current.separator === undefined) current.separator = marker;
      else current.problem = 'severalSeparators';
    } else {
      // Markers of other sizes that opened since and are not closed are text of this conflict.
      while (closeInnermost() !== current);
      close(current, marker);
    }
  }
  for (const { opening, separator } of open) report(opening, separator === undefined ? 'noSeparator' : 'noEnd');
  broken.sort((left, right) => left.line - right.line);
  return { conflicts: conflicts.map((conflict, index) => ({ ...conflict, index })), broken };

  function close(current: OpenConflict, end: Marker): void {
    const { opening, base, separator, problem, holdsConflict } = current;
    const parent = openOfSize.get(opening.size)?.at(-1);
    if (parent !== undefined) parent.holdsConflict = true;
    if (holdsConflict) return report(opening, 'nested');
    if (separator === undefined) return report(opening, 'noSeparator');
    if (problem !== undefined) return report(opening, problem);
    // What was found inside are markers of another size, which are text of this conflict.
    conflicts.length = current.conflictsBefore;
    broken.length = current.brokenBefore;
    const section = (from: Marker, to: Marker): ConflictSection => {
      // Git writes its marker in front of the mark of the byte order, which is no part of the first line.
      const isMarked = opening.range.start === 0 && text[from.next] === BYTE_ORDER_MARK;
      const start = isMarked ? from.next + BYTE_ORDER_MARK.length : from.next;
      return { text: text.slice(start, to.range.start), range: { start, end: to.range.start } };
    };
    conflicts.push({
      range: { start: opening.range.start, end: end.next },
      line: opening.line,
      style: base === undefined ? 'merge' : 'diff3',
      ours: section(opening, base ?? separator),
      base: base && section(base, separator),
      theirs: section(separator, end),
      labels: { ours: opening.label, base: base?.label ?? '', theirs: end.label },
      markerSize: opening.size,
    });
  }
}

/** The smallest usual size that no line of the texts could be taken for a marker of. */
export function unusedMarkerSize(texts: readonly string[]): number {
  const used = new Set(texts.flatMap((text) => [...findMarkers(text)].map(({ size }) => size)));
  let size = USUAL_SIZE;
  while (used.has(size)) size++;
  return size;
}

function* findMarkers(text: string, smallest = SMALLEST_SIZE): Generator<Marker> {
  let line = 0;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const end = newline === -1 ? text.length : newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
    const sign = text[start];
    if (sign === '<' || sign === '>' || sign === '=' || sign === '|') {
      let size = 1;
      while (start + size < end && text[start + size] === sign) size++;
      if (size >= smallest && isMarker(text, sign, start + size, end)) {
        const label = text.slice(start + size, end).trim();
        yield { sign, size, label, line, range: { start, end }, next };
      }
    }
    start = next;
  }
}

/** A label stands behind a space; a separator has none. */
function isMarker(text: string, sign: Marker['sign'], behindSigns: number, end: number): boolean {
  if (behindSigns === end) return true;
  if (text[behindSigns] !== ' ') return false;
  return sign !== '=' || text.slice(behindSigns, end).trim() === '';
}
