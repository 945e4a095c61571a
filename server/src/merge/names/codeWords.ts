// The names in a text's code, each with its place and what qualifies it; words of strings and comments are none.

import { tokenize } from '../diff/tokenize.js';
import type { Token, WholeText } from '../types.js';

export interface CodeWord {
  readonly at: number;
  /** What stands in front of it and the sign between, where it is a part of that (`this.` of `this.name`); else empty. */
  readonly qualifier: string;
}

const qualifying = new Set(['.', '?.', '->', '::', '\\']);

export function codeWordsOf(text: string, languageId: string): Map<string, CodeWord[]> {
  const words = new Map<string, CodeWord[]>();
  eachCodeWord(tokenize(text, languageId), languageId, (token, word) => {
    const same = words.get(token.text);
    if (same === undefined) words.set(token.text, [word]);
    else same.push(word);
  });
  return words;
}

const known = new WeakMap<WholeText, Map<string, CodeWord[]>>();

/** The same, once for each version of a file. */
export function codeWordsOfFile(file: WholeText, languageId: string): Map<string, CodeWord[]> {
  const found = known.get(file) ?? codeWordsOf(file.text, languageId);
  known.set(file, found);
  return found;
}

export function eachCodeWord(
  tokens: readonly Token[],
  languageId: string,
  found: (token: Token, word: CodeWord, index: number) => void,
): void {
  let at = 0;
  let [before, last] = ['', ''];
  /** Whether white space stands in front. */
  let isApart = true;
  for (const [index, token] of tokens.entries()) {
    const { kind, text } = token;
    if (kind === 'word') {
      const isRubys = languageId === 'ruby' && /^[:@]$/.test(last) && !isApart;
      const qualifier = qualifying.has(last) ? before + last : isRubys ? last : '';
      found(token, { at, qualifier }, index);
    }
    if (kind === 'space' || kind === 'newline') isApart = true;
    else {
      [before, last] = [last, text];
      isApart = false;
    }
    at += text.length;
  }
}
