// Line ends of a conflict. Inside the room texts have LF alone; an answer gets back what the sides have, where a side that
// changed the line ends wins over one that did not.

import { align } from './threeWay.js';
import type { Conflict } from '../types.js';

type End = '\n' | '\r\n';
type Style = End | 'mixed' | undefined;

interface Versions {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export function withLf(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

/**
 * Gives a text with LF the line ends of a conflict.
 * @param fallback the document's line end, for conflicts whose sides have none
 * @param isLast whether the conflict ends the document, where git gives an LF to a last line that has no end
 */
export function withLineEndsOf(text: string, conflict: Conflict, fallback: End, isLast = false): string {
  const own = (section = ''): string => (isLast ? withOwnEnd(section) : section);
  const versions = {
    ours: own(conflict.ours.text),
    base: own(conflict.base?.text),
    theirs: own(conflict.theirs.text),
  };
  const { ours, base, theirs } = versions;
  // A whole side comes back as it is, however mixed its line ends are.
  const whole = [ours, theirs].find((section) => section !== '' && withLf(section) === text);
  const style = chosenStyle(styleOf(ours), styleOf(theirs), styleOf(base), fallback);
  if (style === '\n') return text;
  if (style === '\r\n') return text.replaceAll('\n', '\r\n');
  return whole ?? byLine(text, versions);
}

/** A single LF behind lines that all end otherwise is git's. */
function withOwnEnd(section: string): string {
  return /^[^\n]*\r\n(?:[^\n]*\r\n)*(?:[^\n]*[^\r\n])?\n$/.test(section) ? `${section.slice(0, -1)}\r\n` : section;
}

function styleOf(text: string): Style {
  const all = text.split('\n').length - 1;
  if (all === 0) return undefined;
  const windows = text.split('\r\n').length - 1;
  if (windows === 0) return '\n';
  return windows === all ? '\r\n' : 'mixed';
}

function chosenStyle(ours: Style, theirs: Style, base: Style, fallback: End): End | 'mixed' {
  if (ours === undefined || theirs === undefined) return ours ?? theirs ?? base ?? fallback;
  if (ours === theirs) return ours;
  if (ours === base) return theirs;
  if (theirs === base) return ours;
  return 'mixed';
}

/** Each line gets the end that the three versions have for it, where a side that changed the end wins. */
function byLine(text: string, versions: Versions): string {
  const lines = text.match(/[^\n]*\n/g) ?? [];
  const rest = text.slice(lines.reduce((length, line) => length + line.length, 0));
  const ours = endsFor(lines, versions.ours);
  const base = endsFor(lines, versions.base);
  const theirs = endsFor(lines, versions.theirs);
  const usual = usualEnd(versions);
  const ended = lines.map((line, index) => {
    const own = ours[index] === base[index] ? (theirs[index] ?? ours[index]) : (ours[index] ?? theirs[index]);
    return line.slice(0, -1) + (own ?? base[index] ?? usual);
  });
  return ended.join('') + rest;
}

/** For each line the end that it has in a version; undefined for a line that is not in it. */
function endsFor(lines: readonly string[], version: string): readonly (End | undefined)[] {
  const own = version.match(/[^\n]*\n/g) ?? [];
  const ends = own.map((line): End => (line.endsWith('\r\n') ? '\r\n' : '\n'));
  const keys = own.map(withLf);
  const found: (End | undefined)[] = lines.map(() => undefined);
  const aligned = align(keys, lines);
  if (aligned === undefined) {
    // Versions that are far apart: the first line of the same text must do.
    const first = new Map(keys.map((key, index): [string, End] => [key, ends[index]!]).reverse());
    return lines.map((line) => first.get(line));
  }
  for (const { equal, from, to } of aligned) {
    if (!equal) continue;
    for (let index = to.start; index < to.end; index++) found[index] = ends[from.start + index - to.start];
  }
  return found;
}

function usualEnd({ ours, base, theirs }: Versions): End {
  const all = [ours, base, theirs].join('');
  const windows = all.split('\r\n').length - 1;
  return windows * 2 > all.split('\n').length - 1 ? '\r\n' : '\n';
}
