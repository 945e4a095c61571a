// Both sides appended to a list, and the last element of the first lacks the comma that it needs now.

import type { Rule } from './rule.js';

export const separators: Rule = ({ ours, theirs }) => {
  const oursFirst = joinWithComma(ours.lines, theirs.lines);
  const theirsFirst = joinWithComma(theirs.lines, ours.lines);
  return [
    ...(oursFirst === undefined
      ? []
      : [{ text: oursFirst, pattern: 'ours+comma+theirs', source: 'generated' as const, score: 0.015 }]),
    ...(theirsFirst === undefined
      ? []
      : [{ text: theirsFirst, pattern: 'theirs+comma+ours', source: 'generated' as const, score: 0.008 }]),
  ];
};

/** Undefined where the first part ends in something that wants no comma. */
function joinWithComma(first: readonly string[], second: readonly string[]): string | undefined {
  const last = first.findLastIndex((line) => line.trim() !== '');
  if (last === -1 || second.every((line) => line.trim() === '')) return undefined;
  const line = first[last]!;
  const code = line.trimEnd();
  if (!/[\w"'`)\]}]$/.test(code)) return undefined;
  // The second part's own last comma goes where the first part had none.
  const withComma = [...first.slice(0, last), `${code},${line.slice(code.length)}`, ...first.slice(last + 1)];
  const lastOfSecond = second.findLastIndex((each) => each.trim() !== '');
  const tail = second.map((each, index) => (index === lastOfSecond ? each.replace(/,(\s*)$/, '$1') : each));
  return [...withComma, ...tail].join('');
}
