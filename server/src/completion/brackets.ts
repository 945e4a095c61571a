// A walk through code that knows strings and comments roughly, for texts that no parser has seen: unfinished lines, and
// languages without a grammar.

import type { LanguageTraits } from '../syntax/index.js';

export const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
export const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What is open at the end of a text: brackets from the outermost on, and the quote of an unfinished string. */
export interface OpenState {
  readonly brackets: readonly string[];
  readonly quote: string | undefined;
}

/** Gets a sign outside strings and comments, or, with `closesOuter`, the quote that ends a string begun before the text. */
export type Visit = (char: string, at: number, closesOuter: boolean) => 'stop' | undefined;

type CommentMarks = Pick<LanguageTraits, 'lineComment' | 'blockComment'>;

/**
 * Calls `visit` for every sign of code.
 * @param quote of the string that the text begins in
 * @returns the quote of the string that the text ends in
 */
export function walkCode(
  text: string,
  comments: CommentMarks | undefined,
  quote: string | undefined,
  visit: Visit,
): string | undefined {
  let isOuter = quote !== undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== undefined) {
      if (char === '\\') at++;
      else if (char === '\n' && quote.length === 1 && quote !== '`') quote = undefined;
      else if (text.startsWith(quote, at)) {
        if (isOuter && visit(quote, at, true) === 'stop') return undefined;
        at += quote.length - 1;
        quote = undefined;
        isOuter = false;
      }
      continue;
    }
    const commentEnd = comments && endOfComment(text, at, comments);
    if (commentEnd !== undefined) {
      at = commentEnd - 1;
    } else if (visit(char, at, false) === 'stop') {
      return undefined;
    } else if (char === '"' || char === "'" || char === '`') {
      quote = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quote.length - 1;
    }
  }
  return quote;
}

/** What a text opens and does not close. Closers of what was open before are ignored. */
export function openAfter(text: string, comments: CommentMarks | undefined): OpenState {
  const brackets: string[] = [];
  const quote = walkCode(text, comments, undefined, (char) => {
    if (char in closerOf) brackets.push(char);
    else if (char in openerOf && brackets.at(-1) === openerOf[char]) brackets.pop();
    return undefined;
  });
  return { brackets, quote };
}

function endOfComment(text: string, at: number, { lineComment, blockComment }: CommentMarks): number | undefined {
  if (text.startsWith(lineComment, at)) {
    const newline = text.indexOf('\n', at);
    return newline === -1 ? text.length : newline;
  }
  if (blockComment === undefined || !text.startsWith(blockComment[0], at)) return undefined;
  const close = text.indexOf(blockComment[1], at + blockComment[0].length);
  return close === -1 ? text.length : close + blockComment[1].length;
}
