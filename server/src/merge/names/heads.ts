// Where a text may define a function, read without a tree: its name and the brackets behind it. It tells which files are worth
// a tree, so it may take a call for a definition, but no definition for a call.

import { occurrencesOf } from './occurrences.js';

/** Words in front of a name that begin no definition of it. */
const callers =
  /(?:^|[^\p{L}\p{N}_$])(?:return|await|throw|yield|else|new|in|of|not|and|or|do|case|assert|print|echo|go|defer)$/u;

/** What stands behind the brackets of a call that is part of something else. */
const inCall = /^\s*[),.\]+*/%?&|<!-](?!>)/;

/**
 * How many parameters stand in a name's brackets, and signs that make some of them optional, wherever a function of that name
 * may be defined.
 */
export function headsOf(name: string, text: string): string[] {
  const heads: string[] = [];
  for (const index of occurrencesOf(name, text)) {
    const behind = index + name.length;
    const open = /^\s*(?:<[^()]{0,80}>\s*|[:=][^(\n;{]{0,120})?\(/.exec(text.slice(behind, behind + 200));
    if (open === null) {
      // In Ruby no brackets have to stand there.
      if (/\bdef\s+(?:self\.)?$/.test(text.slice(Math.max(0, index - 20), index)))
        heads.push(shapeOf(lineAt(text, behind)));
      continue;
    }
    const start = behind + open[0].length;
    const end = closing(text, start);
    const rest = text.slice(end + 1, end + 40);
    const isStatement = /^\s*;/.test(rest);
    const before = text.slice(Math.max(0, index - 40), index);
    if (inCall.test(rest)) continue;
    if (isStatement && (!/[\p{L}\p{N}_$>\]*&]\s*$/u.test(before) || callers.test(before.trimEnd()))) continue;
    heads.push(shapeOf(text.slice(start, end)));
  }
  return heads;
}

/** Commas of types and of values count as well: what changes them may change the number of parameters. */
function shapeOf(head: string): string {
  return `${/^\s*(?:void\s*)?$/.test(head) ? 0 : 1} ${head.replace(/,\s*$/, '').replace(/[^,=?*&.:]/g, '')}`;
}

/** Where the bracket closes that is open at a place. */
function closing(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length && at < start + 2000; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return Math.min(text.length, start + 2000);
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end === -1 ? text.length : end);
}
