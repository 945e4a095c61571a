// Lines that look like markers and are text: an example in a document, a string of a test. Git copies them from the
// versions that it merges, so markers that stand in a version as they do in the merged file were not written by git's merge.

import { withLf } from '../diff/lineEnds.js';
import { linesOf } from '../diff/material.js';

/** What git knows of a file in conflict, beside the file itself. */
export interface MarkersOfGit {
  /** How often git repeats the sign of a marker in this file. */
  readonly markerSize: number;
  /** The versions that were merged, as far as they are known. */
  readonly versions: readonly string[];
}

/** Different stretches that are looked for: all of them are compared with every line that begins alike. */
const MOST_STRETCHES = 500;

/** The numbers of a stretch's first and last line. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/**
 * For each line of a text, whether it belongs to a stretch of lines that a version has too.
 * @param stretchesOf the stretches of a version that are looked for
 */
export function linesOfVersions(
  text: string,
  versions: readonly string[],
  stretchesOf: (version: string) => readonly Lines[],
): (line: number) => boolean {
  const byFirstLine = new Map<string, string[][]>();
  const known = new Set<string>();
  for (const version of versions) {
    const lines = keysOf(version);
    for (const { first, last } of stretchesOf(version)) {
      const stretch = lines.slice(first, last + 1);
      const key = stretch.join('\n');
      if (known.has(key) || known.size >= MOST_STRETCHES) continue;
      known.add(key);
      byFirstLine.set(stretch[0]!, [...(byFirstLine.get(stretch[0]!) ?? []), stretch]);
    }
  }
  const found = new Set<number>();
  if (byFirstLine.size === 0) return () => false;
  const lines = keysOf(text);
  for (let line = 0; line < lines.length; line++) {
    const stretch = byFirstLine
      .get(lines[line]!)
      ?.find((candidate) => candidate.every((part, index) => lines[line + index] === part));
    for (let index = 0; index < (stretch?.length ?? 0); index++) found.add(line + index);
  }
  return (line) => found.has(line);
}

function keysOf(text: string): string[] {
  return linesOf(withLf(text).replace(/^\ufeff/, '')).map((line) => line.replace(/\n$/, ''));
}
