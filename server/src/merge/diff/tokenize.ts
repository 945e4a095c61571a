// Cuts a text into the tokens of a token-level merge: words, numbers, signs, and white space and line ends as tokens of
// their own. Comments and strings are cut again at white space, so that two edits of one sentence can be told apart.
// Cutting is total: the tokens of any text, joined, are the text.

import { mergeLexiconOf, type MergeLexicon, type MergeQuote } from '../../languages/index.js';
import type { Token, TokenKind } from '../types.js';

const newline = /\r\n|\n|\r/y;
const space = /[^\S\r\n]+/y;
const number = /\d[\w.]*/y;
const word = /[\p{L}\p{M}\p{N}_$]+/uy;
const operator = /=>|->|::|\?\.|\?\?=?|[=!]==?|[<>]=|&&|\|\||\+\+|--|[-+*/%&|^]=|\.\.\.|:=/y;
/** A run inside a comment or a string. */
const inside = /[\p{L}\p{M}\p{N}_$]+|[^\p{L}\p{M}\p{N}_$\s]/uy;

/** Cuts a text into tokens. `languageId` tells what a comment and a string look like. */
export function tokenize(text: string, languageId: string): Token[] {
  const lexicon = mergeLexiconOf(languageId);
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
  /** Ends of the here-documents that this line has begun: their texts follow it. */
  const awaited: RegExp[] = [];
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) {
      takeMatch('newline', newline);
      for (const end of awaited.splice(0)) {
        end.lastIndex = offset;
        const close = end.exec(text);
        if (close !== null) takeInside('string', close.index + close[0].length);
      }
      continue;
    }
    if (takeMatch('space', space)) continue;
    if (offset >= lineEnd) lineEnd = endOfLine(text, offset);
    const end = endOfComment(text, offset, lexicon, lineEnd);
    if (end !== undefined) {
      takeInside('comment', end);
      continue;
    }
    const opened = openedBy(text, offset, lexicon.quotes);
    if (opened !== undefined && offset >= (unclosedUntil.get(opened.key) ?? 0)) {
      const limit = opened.multiline ? text.length : lineEnd;
      const stringEnd = endOfString(text, offset, opened, limit);
      if (stringEnd !== undefined) {
        takeInside('string', stringEnd);
        continue;
      }
      unclosedUntil.set(opened.key, limit);
    }
    for (const { open, endOf } of lexicon.hereDocuments) {
      const name = namedBy(open, text, offset);
      if (name === undefined) continue;
      awaited.push(endOf(name));
      break;
    }
    if (takeMatch('number', number) || takeMatch('word', word) || takeMatch('punctuation', operator)) continue;
    take('punctuation', text.codePointAt(offset)! > 0xffff ? 2 : 1);
  }
  return tokens;
}

function endOfComment(
  text: string,
  offset: number,
  { signs, lineComments, blockComments }: MergeLexicon,
  lineEnd: number,
): number | undefined {
  if (!signs.has(text.charCodeAt(offset))) return undefined;
  for (const { open, close, nests } of blockComments) {
    const from = endOfOpener(open, text, offset);
    if (from !== undefined) return nests ? endOfNested(text, from, open, close) : endAt(text, from, close);
  }
  return lineComments.some((sign) => endOfOpener(sign, text, offset) !== undefined) ? lineEnd : undefined;
}

function endAt(text: string, from: number, close: string): number {
  const end = text.indexOf(close, from);
  return end === -1 ? text.length : end + close.length;
}

/** The end of a comment in which others may stand. */
function endOfNested(text: string, from: number, open: string | RegExp, close: string): number {
  let depth = 1;
  for (let at = from; at < text.length;) {
    if (text.startsWith(close, at)) {
      at += close.length;
      if (--depth === 0) return at;
      continue;
    }
    const inner = endOfOpener(open, text, at);
    if (inner !== undefined) depth++;
    at = inner ?? at + 1;
  }
  return text.length;
}

/** Behind an opener that stands at a place. */
function endOfOpener(open: string | RegExp, text: string, offset: number): number | undefined {
  if (typeof open === 'string') return text.startsWith(open, offset) ? offset + open.length : undefined;
  open.lastIndex = offset;
  return open.test(text) ? open.lastIndex : undefined;
}

/** The name by which a here-document that begins at a place will end. */
function namedBy(open: RegExp, text: string, offset: number): string | undefined {
  open.lastIndex = offset;
  return open.exec(text)?.groups?.['name'];
}

interface OpenedQuote {
  /** Which quote it is: where one is closed nowhere, another with the same end may be. */
  readonly key: string;
  /** The length of what opens it. */
  readonly length: number;
  readonly close: string;
  readonly multiline: boolean;
  readonly escapes: boolean;
}

/** The first quote that begins at a place; what a pattern captures as `end` is part of what closes it. */
function openedBy(text: string, offset: number, quotes: readonly MergeQuote[]): OpenedQuote | undefined {
  for (const { open, close, multiline, escapes } of quotes) {
    if (typeof open === 'string') {
      if (text.startsWith(open, offset)) return { key: open, length: open.length, close, multiline, escapes };
      continue;
    }
    open.lastIndex = offset;
    const match = open.exec(text);
    if (match === null) continue;
    const end = match.groups?.['end'] ?? '';
    const key = `${open.source} ${end}`;
    return { key, length: match[0].length, close: close.replace('$', () => end), multiline, escapes };
  }
  return undefined;
}

/** Behind the closing quote. A string that is not closed is none: an apostrophe in prose must not swallow what follows. */
function endOfString(
  text: string,
  offset: number,
  { length, close, escapes }: OpenedQuote,
  limit: number,
): number | undefined {
  for (let index = offset + length; index + close.length <= limit; index++) {
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
