// Both sides without saying anything twice: lines that the sides have in common stay once, what differs stands one after
// the other. The base is not asked, so this also answers where there is none.

import { align } from '../../diff/threeWay.js';
import type { Rule } from './rule.js';

export const union: Rule = ({ ours, theirs }) => {
  const oursKeys = ours.lines.map((line) => line.trim());
  const theirsKeys = theirs.lines.map((line) => line.trim());
  const aligned = align(oursKeys, theirsKeys);
  if (aligned === undefined || !aligned.some(({ equal }) => equal)) return [];
  const join = (oursFirst: boolean): string =>
    aligned
      .map(({ equal, from, to }) => {
        const fromOurs = ours.lines.slice(from.start, from.end);
        if (equal) return fromOurs.join('');
        const fromTheirs = theirs.lines.slice(to.start, to.end);
        return (oursFirst ? [...fromOurs, ...fromTheirs] : [...fromTheirs, ...fromOurs]).join('');
      })
      .join('');
  return [
    { text: join(true), pattern: 'union', source: 'line', score: 0.05 },
    { text: join(false), pattern: 'union-theirs-first', source: 'line', score: 0.025 },
  ];
};
