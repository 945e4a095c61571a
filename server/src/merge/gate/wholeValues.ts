// The words of a text, with versions, dates and times as one word each. Word by word, 1.2.3 that became 1.3.3 here and 1.2.4
// there would be 1.3.4, which nobody wrote, or would hold 1.3.0 as well; as one word, both sides changed it.

import { spacedWordsOf, type SpacedWords } from '../candidates/spacing/spacedWords.js';

const prefix = /^[~^]$/;
const beginning = /^v?\d/;
const joint = /^[.:+-]$/;
const number = /^\d/;
/** As in `1.0-beta`; behind a plain number it may be a name, as in `x[1:count]`. */
const suffix = /^[\p{L}\p{N}_]+$/u;

export function wordsAndValuesOf(text: string, languageId: string): SpacedWords {
  const { words, gaps } = spacedWordsOf(text, languageId);
  const touches = (at: number, kind: RegExp): boolean => at < words.length && gaps[at] === '' && kind.test(words[at]!);
  const endOfValue = (start: number): number => {
    let at = start + 1;
    let hasDot = words[start]!.includes('.');
    while (touches(at, joint) && touches(at + 1, hasDot ? suffix : number)) {
      hasDot ||= words[at] === '.';
      at += 2;
    }
    return at;
  };
  const joined: string[] = [];
  const around: string[] = [];
  for (let at = 0; at < words.length;) {
    const start = prefix.test(words[at]!) && touches(at + 1, beginning) ? at + 1 : at;
    const end = beginning.test(words[start]!) ? endOfValue(start) : at + 1;
    joined.push(words.slice(at, end).join(''));
    around.push(gaps[at]!);
    at = end;
  }
  return { words: joined, gaps: [...around, gaps.at(-1)!] };
}
