// Cuts a text into the tokens of a token-level merge: words, numbers, signs, and white space and line ends as tokens of
// their own. Comments and strings are cut again at white space, so that two edits of one sentence can be told apart.
// Cutting is total: the tokens of any text, joined, are the text.

import type { Token, TokenKind } from '../types.js';

interface Lexicon {
  readonly lineComments: readonly string[];
  readonly blockComment: readonly [open: string, close: string] | undefined;
  /** The longest first. */
  readonly quotes: readonly Quote[];
}

interface Quote {
  readonly open: string;
  readonly close: string;
  readonly multiline: boolean;
  readonly escapes: boolean;
}

const quote = (sign: string, multiline = false, escapes = true): Quote => ({
  open: sign,
  close: sign,
  multiline,
  escapes,
});

const slashes = { lineComments: ['//'], blockComment: ['/*', '*/'] } as const;

const script: Lexicon = { ...slashes, quotes: [quote('"'), quote("'"), quote('`', true)] };

const lexicons: Readonly<Record<string, Lexicon>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  python: {
    lineComments: ['#'],
    blockComment: undefined,
    quotes: [quote('"""', true), quote("'''", true), quote('"'), quote("'")],
  },
  java: { ...slashes, quotes: [quote('"""', true), quote('"'), quote("'")] },
  csharp: {
    ...slashes,
    quotes: [
      quote('"""', true, false),
      { open: '@"', close: '"', multiline: true, escapes: false },
      quote('"'),
      quote("'"),
    ],
  },
  go: { ...slashes, quotes: [quote('`', true, false), quote('"'), quote("'")] },
};

/** Other languages: nothing but words, signs and white space. */
const plain: Lexicon = { lineComments: [], blockComment: undefined, quotes: [] };

const newline = /\r\n|\n|\r/y;
const space = /[^\S\r\n]+/y;
const number = /\d[\w.]*/y;
const word = /[\p{L}\p{M}\p{N}_$]+/uy;
const operator = /=>|->|::|\?\.|\?\?=?|[=!]==?|[<>]=|&&|\|\||\+\+|--|[-+*/%&|^]=|\.\.\.|:=/y;
/** A run inside a comment or a string. */
const inside = /[\p{L}\p{M}\p{N}_$]+|[^\p{L}\p{M}\p{N}_$\s]/uy;

/** Cuts a text into tokens. `languageId` tells what a comment and a string look like. */
export function tokenize(text: string, languageId: string): Token[] {
  const lexicon = Object.hasOwn(lexicons, languageId) ? lexicons[languageId]! : plain;
  const tokens: Token[] = [];
  let offset = 0;
  let lineEnd = -1;
  /** Up to where a quote is known to be closed nowhere, so that a text full of them is not searched once for each. */
  const unclosedUntil = new Map<string, number>();
  const take = (kind: TokenKind, length: number): void => {
    tokens.push({ text: text.slice(offset, offset + length), kind });
    offset += length;
  };
  const takeMatch = (kind: TokenKind, pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (match === null) return false;
    take(kind, match[0].length);
    return true;
  };
  /** Cuts a comment or a string, up to its end, at white space and between words. */
  const takeInside = (kind: TokenKind, end: number): void => {
    while (offset < end) {
      if (takeMatch('newline', newline) || takeMatch('space', space) || takeMatch(kind, inside)) continue;
      take(kind, 1);
    }
  };
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) {
      takeMatch('newline', newline);
      continue;
    }
    if (takeMatch('space', space)) continue;
    if (offset >= lineEnd) lineEnd = endOfLine(text, offset);
    const end = endOfComment(text, offset, lexicon, lineEnd);
    if (end !== undefined) {
      takeInside('comment', end);
      continue;
    }
    const opened = lexicon.quotes.find(({ open }) => text.startsWith(open, offset));
    if (opened !== undefined && offset >= (unclosedUntil.get(opened.open) ?? 0)) {
      const limit = opened.multiline ? text.length : lineEnd;
      const stringEnd = endOfString(text, offset, opened, limit);
      if (stringEnd !== undefined) {
        takeInside('string', stringEnd);
        continue;
      }
      unclosedUntil.set(opened.open, limit);
    }
    if (takeMatch('number', number) || takeMatch('word', word) || takeMatch('punctuation', operator)) continue;
    take('punctuation', text.codePointAt(offset)! > 0xffff ? 2 : 1);
  }
  return tokens;
}

function endOfComment(
  text: string,
  offset: number,
  { lineComments, blockComment }: Lexicon,
  lineEnd: number,
): number | undefined {
  if (blockComment !== undefined && text.startsWith(blockComment[0], offset)) {
    const close = text.indexOf(blockComment[1], offset + blockComment[0].length);
    return close === -1 ? text.length : close + blockComment[1].length;
  }
  return lineComments.some((sign) => text.startsWith(sign, offset)) ? lineEnd : undefined;
}

/** Behind the closing quote. A string that is not closed is none: an apostrophe in prose must not swallow what follows. */
function endOfString(text: string, offset: number, { open, close, escapes }: Quote, limit: number): number | undefined {
  for (let index = offset + open.length; index + close.length <= limit; index++) {
    if (escapes && text[index] === '\\') index++;
    else if (text.startsWith(close, index)) return index + close.length;
  }
  return undefined;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}
