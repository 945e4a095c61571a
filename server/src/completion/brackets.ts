// A walk through code that knows strings and comments roughly, for texts that no parser has seen: unfinished lines, and
// languages without a grammar.

import type { LanguageTraits } from '../syntax/index.js';

export const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
export const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** A string that is not finished, or the code inside it: `${` in a template, `{` in an f-string. */
export interface OpenString {
  readonly quote: string;
  /** What begins code in this string; undefined where nothing does. */
  readonly codeOpener: string | undefined;
  /** Braces open in the code inside the string; undefined in the string itself. */
  readonly depth: number | undefined;
  /** Whether the code inside was begun before the text that is walked. */
  readonly isOuterCode: boolean;
}

/** What is open at the end of a text, each from the outermost on. */
export interface OpenState {
  readonly brackets: readonly string[];
  readonly strings: readonly OpenString[];
}

/**
 * Gets a sign of code, or, with `closesOuter`, the quote or brace that ends a string, or code in one, which was begun
 * before the text.
 */
export type Visit = (sign: string, at: number, closesOuter: boolean) => 'stop' | undefined;

type CommentMarks = Pick<LanguageTraits, 'lineComment' | 'blockComment'>;

/**
 * Calls `visit` for every sign outside strings and comments.
 * @param outer the strings that the text begins in
 * @returns the strings that the text ends in, or those at the sign where `visit` stopped
 */
export function walkCode(
  text: string,
  comments: CommentMarks | undefined,
  outer: readonly OpenString[],
  visit: Visit,
): readonly OpenString[] {
  const strings = outer.map((string): OpenString => ({ ...string, isOuterCode: string.depth !== undefined }));
  let outerCount = outer.length;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const string = strings.at(-1);
    if (string !== undefined && string.depth === undefined) {
      if (char === '\\') {
        at++;
      } else if (text.startsWith(string.quote, at)) {
        if (strings.length <= outerCount && visit(string.quote, at, true) === 'stop') return strings;
        strings.pop();
        at += string.quote.length - 1;
      } else if (char === '\n' && string.quote.length === 1 && string.quote !== '`') {
        strings.pop();
      } else if (string.codeOpener !== undefined && text.startsWith(string.codeOpener, at)) {
        // A doubled brace stands for itself.
        if (string.codeOpener === '{' && text[at + 1] === '{') at++;
        else strings[strings.length - 1] = { ...string, depth: 0, isOuterCode: false };
        at += string.codeOpener.length - 1;
      }
      outerCount = Math.min(outerCount, strings.length);
      continue;
    }
    if (string === undefined) {
      const commentEnd = comments && endOfComment(text, at, comments);
      if (commentEnd !== undefined) {
        at = commentEnd - 1;
        continue;
      }
    } else if (char === '}' && string.depth === 0) {
      if (string.isOuterCode && visit(char, at, true) === 'stop') return strings;
      strings[strings.length - 1] = { ...string, depth: undefined };
      continue;
    } else if (char === '{' || char === '}') {
      strings[strings.length - 1] = { ...string, depth: string.depth! + (char === '{' ? 1 : -1) };
    }
    if (visit(char, at, false) === 'stop') return strings;
    if (char === '"' || char === "'" || char === '`') {
      const quote = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      strings.push({ quote, codeOpener: codeOpenerOf(quote, text.slice(0, at)), depth: undefined, isOuterCode: false });
      at += quote.length - 1;
    }
  }
  return strings;
}

/** What a text opens and does not close. Closers of what was open before are ignored. */
export function openAfter(text: string, comments: CommentMarks | undefined): OpenState {
  const brackets: string[] = [];
  const strings = walkCode(text, comments, [], (sign) => {
    if (sign in closerOf) brackets.push(sign);
    else if (sign in openerOf && brackets.at(-1) === openerOf[sign]) brackets.pop();
    return undefined;
  });
  return { brackets, strings };
}

/** The quote of the string that a text ends in; undefined in code, also in code inside a string. */
export function openQuote({ strings }: OpenState): string | undefined {
  const string = strings.at(-1);
  return string?.depth === undefined ? string?.quote : undefined;
}

function codeOpenerOf(quote: string, before: string): string | undefined {
  if (quote === '`') return '${';
  // Python's f"", rf"" and C#'s $"", $@"".
  return /(^|\W)(f|fr|rf)$/i.test(before.slice(-3)) || /\$@?$/.test(before.slice(-2)) ? '{' : undefined;
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
