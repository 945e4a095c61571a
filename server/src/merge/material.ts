// What the rules work on: the sides of a conflict as lines and as tokens, cut once.

import { tokenize } from './tokenize.js';
import type { MergeInput, Token } from './types.js';

export interface Side {
  readonly text: string;
  /** With their line ends. */
  readonly lines: readonly string[];
  /** Empty where the conflict is too long for work on tokens. */
  readonly tokens: readonly Token[];
  /** Tokens that are no white space, each with the white space behind it. */
  readonly words: readonly string[];
}

export interface Material {
  readonly input: MergeInput;
  readonly ours: Side;
  readonly theirs: Side;
  /** Empty where it is not known. */
  readonly base: Side;
  readonly knowsBase: boolean;
}

/** UTF-16 units of all sides together; beyond it a conflict is looked at by lines alone. */
const LONGEST_TOKENIZED = 60_000;

export function gatherMaterial(input: MergeInput): Material {
  const { ours, theirs, base, languageId } = input;
  const isShort = ours.length + theirs.length + (base?.length ?? 0) <= LONGEST_TOKENIZED;
  const sideOf = (text: string): Side => {
    const tokens = isShort ? tokenize(text, languageId) : [];
    return { text, lines: linesOf(text), tokens, words: wordsOf(tokens) };
  };
  return {
    input,
    ours: sideOf(ours),
    theirs: sideOf(theirs),
    base: sideOf(base ?? ''),
    knowsBase: base !== undefined,
  };
}

/** Lines with their ends. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function wordsOf(tokens: readonly Token[]): string[] {
  const words: string[] = [];
  for (const { text, kind } of tokens) {
    const isSpace = kind === 'space' || kind === 'newline';
    if (isSpace && words.length > 0) words[words.length - 1] += text;
    else words.push(text);
  }
  return words;
}
