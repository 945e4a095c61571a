// Strings and comments that several languages share.

import { stringForm, type StringForm } from './lexicon.js';

export const double = stringForm('"', '"');
export const single = stringForm("'", "'");
export const rawDouble = stringForm('"', '"', { escape: undefined });
export const rawSingle = stringForm("'", "'", { escape: undefined });
export const longDouble = stringForm('"', '"', { severalLines: true });
export const longSingle = stringForm("'", "'", { severalLines: true });
export const doubledDouble = stringForm('"', '"', { escape: undefined, doubles: true });
export const doubledSingle = stringForm("'", "'", { escape: undefined, doubles: true });
export const tripleDouble = stringForm('"""', '"""', { severalLines: true });
export const rawTripleDouble = stringForm('"""', '"""', { severalLines: true, escape: undefined });
export const rawBacktick = stringForm('`', '`', { severalLines: true, escape: undefined });
/** One sign in quotes; else the quote is a lifetime, an attribute, a type variable or a prime. */
export const character = stringForm(/(?<![\w'")\]])'(?=\\[^\n']{0,10}'|\\''|[^'\\\n]{1,2}'|'(?!'))/, "'");

export const slashes = { line: ['//'], block: [['/*', '*/']] } as const;
export const hash = [/#/] as const;
/** Where a hash inside a word is no comment. */
export const spacedHash = [/(?<![^\s;(])#/] as const;

export const dollarBrace = [['${', '}']] as const;
export const hashBrace = [['#{', '}']] as const;
export const brace = [['{', '}', 'doubled']] as const;
export const shellCodes = [
  ['${', '}'],
  ['$(', ')'],
] as const;

/** What a regular expression holds up to its last slash; a slash in square brackets does not end it. */
const regexBody = String.raw`(?=(?:[^\n\\/[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/)`;

/**
 * A slash begins a regular expression where no operand stands in front of it: behind most operators and these words. At
 * the beginning of a line, or behind a sign that may belong to an operand, another slash must end it in the same line.
 */
export function regexes(words: string, codes: readonly (readonly [string, string])[] = []): readonly StringForm[] {
  const options = { hasClasses: true, codes };
  const slash = String.raw`\/(?![/*>\s])`;
  const sure = String.raw`(?<=(?:[=(,:[&|?{;~]|(?<![\w)\]])!|(?<![\w$])(?:${words}))[ \t]*)`;
  const unsure = String.raw`(?<=(?:^|[+\n]|=>)[ \t]*)`;
  return [
    stringForm(new RegExp(sure + slash, 'm'), '/', options),
    stringForm(new RegExp(unsure + slash + regexBody, 'm'), '/', options),
  ];
}

export const cStrings = [
  stringForm(/(?:u8|[uUL])?R"(?<end>[^\s()\\"]{0,16})\(/, ')$"', { escape: undefined, severalLines: true }),
  double,
];

/** A string that begins on the next line and ends with a line that holds nothing but its name. */
export const hereDocument = (open: RegExp, codes: readonly (readonly [string, string])[]): StringForm =>
  stringForm(open, '$', { isHereDocument: true, severalLines: true, escape: undefined, codes });
