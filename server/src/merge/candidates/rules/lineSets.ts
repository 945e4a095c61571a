// Lines merged as a set: for lists, imports and declarations, where every line stands for itself.

import { mergeAsSets } from './setMerge.js';
import type { Proposal, Rule } from './rule.js';

/** Longer conflicts are hardly ever lists of lines. */
const MOST_LINES = 80;

const options = {
  keyOf: (line: string) => line.trim().replace(/[,;]$/, ''),
  isFiller: (line: string) => line.trim() === '',
};

export const lineSets: Rule = ({ ours, base, theirs }) => {
  if (ours.lines.length + theirs.lines.length + base.lines.length > MOST_LINES) return [];
  const oursFirst = mergeAsSets(ours.lines, base.lines, theirs.lines, options);
  const theirsFirst = mergeAsSets(theirs.lines, base.lines, ours.lines, options);
  const proposal = (lines: readonly string[], pattern: string, score: number): Proposal => ({
    text: withEnds(lines).join(''),
    pattern,
    source: 'line',
    score,
  });
  return [
    proposal(oursFirst, 'line-set', 0.03),
    proposal(theirsFirst, 'line-set-theirs-first', 0.02),
    proposal(appendAdditions(ours.lines, base.lines, theirs.lines), 'line-set-appended', 0.02),
    proposal(appendAdditions(theirs.lines, base.lines, ours.lines), 'line-set-theirs-first-appended', 0.012),
    proposal([...oursFirst].sort(compare), 'line-set-sorted', 0.015),
    ...(descends(ours.lines) && descends(theirs.lines)
      ? [proposal([...oursFirst].sort(compareBackwards), 'line-set-descending', 0.015)]
      : []),
  ];
};

/** The leading side without what the other removed, then what the other added. */
function appendAdditions(leading: readonly string[], base: readonly string[], following: readonly string[]): string[] {
  const { keyOf, isFiller } = options;
  const inBase = new Set(base.map(keyOf));
  const inLeading = new Set(leading.map(keyOf));
  const inFollowing = new Set(following.map(keyOf));
  return [
    ...leading.filter((line) => isFiller(line) || !inBase.has(keyOf(line)) || inFollowing.has(keyOf(line))),
    ...following.filter((line) => !isFiller(line) && !inBase.has(keyOf(line)) && !inLeading.has(keyOf(line))),
  ];
}

function compare(left: string, right: string): number {
  const [a, b] = [left.trim(), right.trim()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers count by their value, so that release 0.10 stands behind 0.9. */
const collator = new Intl.Collator('en', { numeric: true });

function compareBackwards(left: string, right: string): number {
  return collator.compare(right.trim(), left.trim());
}

/** Whether several lines stand in descending order, as links to releases do. */
function descends(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  return (
    written.length > 1 &&
    written.every((line, index) => index === 0 || compareBackwards(written[index - 1]!, line) <= 0)
  );
}

/** The last line of a text may lack its end, and need not stay the last. */
function withEnds(lines: readonly string[]): string[] {
  return lines.map((line, index) => (line.endsWith('\n') || index === lines.length - 1 ? line : `${line}\n`));
}
