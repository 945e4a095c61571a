// What a side added, without what was there before: the patterns that leave out the base, by alignment instead of by
// membership, so that an added line stays although an equal one stood in the base.

import { align } from '../../diff/threeWay.js';
import type { Side } from '../../diff/material.js';
import type { Rule } from './rule.js';

export const additions: Rule = ({ ours, base, theirs, knowsBase }) => {
  if (!knowsBase || base.lines.length === 0) return [];
  const fromOurs = addedLines(base, ours);
  const fromTheirs = addedLines(base, theirs);
  if (fromOurs === undefined || fromTheirs === undefined) return [];
  const source = 'line';
  return [
    { text: fromOurs, pattern: 'ours-additions', source, score: 0.01 },
    { text: fromTheirs, pattern: 'theirs-additions', source, score: 0.01 },
    { text: fromOurs + fromTheirs, pattern: 'ours+theirs-additions', source, score: 0.01 },
    { text: fromTheirs + fromOurs, pattern: 'theirs+ours-additions', source, score: 0.006 },
  ];
};

function addedLines(base: Side, side: Side): string | undefined {
  const aligned = align(base.lines, side.lines);
  return aligned
    ?.filter(({ equal }) => !equal)
    .map(({ to }) => side.lines.slice(to.start, to.end).join(''))
    .join('');
}
