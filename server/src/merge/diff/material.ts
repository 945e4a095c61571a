// What the rules work on: the sides of a conflict as lines and as tokens, cut once.

import { mergeThreeWay } from './threeWay.js';
import { tokenize } from './tokenize.js';
import type { MergeInput, ThreeWayMerge, Token } from '../types.js';

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
  /** Undefined where the base is not known, or a side is too long or too far from it. */
  readonly lineMerge: ThreeWayMerge<string> | undefined;
  readonly tokenMerge: ThreeWayMerge<string> | undefined;
  /** By words, where white space is no difference. */
  readonly wordMerge: ThreeWayMerge<string> | undefined;
}

/** UTF-16 units of all sides together; beyond it a conflict is looked at by lines alone. */
const LONGEST_TOKENIZED = 60_000;

export function gatherMaterial(input: MergeInput): Material {
  const { languageId } = input;
  const isShort = input.ours.length + input.theirs.length + (input.base?.length ?? 0) <= LONGEST_TOKENIZED;
  const sideOf = (text: string): Side => {
    const tokens = isShort ? tokenize(text, languageId) : [];
    return { text, lines: linesOf(text), tokens, words: wordsOf(tokens) };
  };
  const ours = sideOf(input.ours);
  const theirs = sideOf(input.theirs);
  const base = sideOf(input.base ?? '');
  const knowsBase = input.base !== undefined;
  const tokenMerge =
    knowsBase && isShort
      ? mergeThreeWay(tokenTexts(ours.tokens), tokenTexts(base.tokens), tokenTexts(theirs.tokens))
      : undefined;
  return {
    input,
    ours,
    theirs,
    base,
    knowsBase,
    lineMerge: knowsBase ? mergeThreeWay(ours.lines, base.lines, theirs.lines) : undefined,
    tokenMerge,
    wordMerge: tokenMerge && mergeThreeWay(ours.words, base.words, theirs.words, (word) => word.trimEnd()),
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

function tokenTexts(tokens: readonly Token[]): string[] {
  return tokens.map(({ text }) => text);
}
