// Quotes and comments that several languages share, for cutting texts for a merge.

import { mergeQuote, type HereDocument } from './mergeLexicon.js';

export const raw = { escapes: false };
export const long = { multiline: true };
export const longRaw = { multiline: true, escapes: false };

export const double = mergeQuote('"');
export const single = mergeQuote("'");
export const tripleDouble = mergeQuote('"""', long);
export const tripleSingle = mergeQuote("'''", long);
/** One sign in quotes; else the quote is a lifetime, a label or parts the digits of a number. */
export const character = mergeQuote(/(?<![\dA-Fa-f])'(?=\\[^\n']{1,10}'|\\''|[^\\\n']{1,4}')/y, { close: "'" });
export const oneSign = mergeQuote(/b?'(?=\\[^\n']{1,10}'|\\''|[^\\\n']{1,2}')/y, { close: "'" });

export const slashes = { line: ['//'], block: [['/*', '*/']] } as const;
export const hash = { line: ['#'] } as const;
/** Where a hash inside a word is no comment. */
export const spacedHash = { line: [/(?<![^\s;(])#/y], signs: '#' } as const;
export const htmlComment = { block: [['<!--', '-->']] } as const;

export const shellHere: HereDocument = {
  open: /(?<!<)<<-?[ \t]*(["']?)\\?(?<name>[A-Za-z_]\w*)\1/y,
  endOf: (name) => new RegExp(`^[ \\t]*${name}[ \\t]*$`, 'gm'),
};
