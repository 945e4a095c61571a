// Names that a small model spells badly: of mixed scripts, such as a Latin `a` in a Cyrillic name, and, where a file is
// written in another script than the Latin one, names of that script that are nearly one of the file's, or none at all.

import { countsOf } from '../../common/countsOf.js';
import { openAfter, openQuote } from '../cut/brackets.js';
import type { Place } from '../place/place.js';
import type { Filter } from './filter.js';
import { areMixed, isMisspelling, isSpaceless, lookOf, otherScriptOf, wordsIn } from './scripts.js';

const OTHER = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** What is left of a character that was cut in two. */
const BROKEN = '\uFFFD';

export const misspelt: Filter = (text, { place }) => {
  if (text.includes(BROKEN)) return { dropped: 'misspelt' };
  const nearby = textAround(place);
  if (!OTHER.test(text) && !OTHER.test(nearby)) return text;
  // The word that the cursor stands in ends in the suggestion.
  const begun = /[\p{L}\p{M}\p{N}_$]*$/u.exec(place.linePrefix)![0];
  const known = new Set(wordsIn(nearby));
  const isProse = isProseAt(place);
  const script = scriptOf(known);
  const isWrong = wordsIn(begun + text).some((word) => {
    if (known.has(word) || word === begun) return false;
    const names = isProse ? known : namesOf(nearby);
    if (isMixedWrongly(word, known) || looksLike(word, names)) return true;
    if (!isProse && isForeignLetter(word, names)) return true;
    if (script === undefined || otherScriptOf(word) !== script) return false;
    return isProse ? isMisspeltWord(word, known, text) : isUnknownName(word, known, place.linePrefix + text);
  });
  return isWrong ? { dropped: 'misspelt' } : text;
};

/** Code units around the cursor in which the words of a file are looked for. */
const AROUND = 20_000;

/** The file around the cursor without the word at it. */
function textAround({ whole: { text }, range }: Place): string {
  const before = text.slice(Math.max(0, range.start - AROUND), range.start).replace(/[\p{L}\p{M}\p{N}_$]+$/u, '');
  return `${before} ${text.slice(range.end, range.end + AROUND).replace(/^[\p{L}\p{M}\p{N}_$]+/u, '')}`;
}

/** A word of several scripts is right where its parts are words by themselves that the file has: `getИмя` beside `имя`. */
function isMixedWrongly(word: string, known: ReadonlySet<string>): boolean {
  return word.split(/[_$\d]+/).some((joined) => {
    if (!areMixed(joined)) return false;
    const parts = joined.match(/\p{Script=Latin}+|[^\p{Script=Latin}]+/gu) ?? [];
    const lower = new Set([...known].map((other) => other.toLowerCase()));
    return !parts.every(
      (part) => part.length > 1 && (otherScriptOf(part) === undefined || lower.has(part.toLowerCase())),
    );
  });
}

/** A word that looks like one of the file and is another, such as a Latin `a` for a Cyrillic one. */
function looksLike(word: string, known: ReadonlySet<string>): boolean {
  const look = lookOf(word);
  return [...known].some(
    (other) => lookOf(other) === look && otherScriptOf(other) !== otherScriptOf(word) && other !== word,
  );
}

/** A Latin letter for a name where all names of one letter are of another script: `а + b` for `а + б`. */
function isForeignLetter(word: string, names: ReadonlySet<string>): boolean {
  if (!/^\p{Script=Latin}$/u.test(word)) return false;
  const letters = [...names].filter((other) => /^\p{L}$/u.test(other));
  return letters.length > 0 && letters.every((other) => otherScriptOf(other) !== undefined);
}

/** Names of code: letters of comments and of strings, such as a preposition, are none. */
function namesOf(text: string): ReadonlySet<string> {
  const code = text.replace(
    /"""[\s\S]*?"""|'''[\s\S]*?'''|\/\*[\s\S]*?\*\/|(?:#|\/\/|--).*$|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gm,
    ' ',
  );
  return new Set(wordsIn(code));
}

/** How many words of a script make it the file's. */
const FEW = 2;

/** The script other than Latin that most words of a file are of; undefined where there are next to none. */
function scriptOf(known: ReadonlySet<string>): ReturnType<typeof otherScriptOf> {
  const scripts = [...known].map(otherScriptOf).filter((script) => script !== undefined);
  const [most] = [...countsOf(scripts)].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= FEW ? most[0] : undefined;
}

const prose = new Set('markdown plaintext latex restructuredtext asciidoc html git-commit'.split(' '));

/** Languages whose own words are of such a script. */
const nativeLanguages = new Set(['bsl', 'sdbl', '1c', 'oscript']);

/** Whether words are written at a place rather than names: in a text, a string or a comment. */
function isProseAt({ document: { languageId }, linePrefix }: Place): boolean {
  if (prose.has(languageId) || nativeLanguages.has(languageId)) return true;
  if (/^\s*(?:#|\/\/|--|\*|\/\*|;|%|""")|\s(?:#|\/\/|--)\s/.test(linePrefix)) return true;
  return openQuote(openAfter(linePrefix, languageId)) !== undefined;
}

/** Words of one letter in languages that have them. */
const single = /^[аибвжкоусяэіїєоηωο]$/iu;

/** In a text a word may be new, but not nearly one that stands there, nor a letter that is no word. */
function isMisspeltWord(word: string, known: ReadonlySet<string>, text: string): boolean {
  const script = otherScriptOf(word)!;
  // Without spaces a word is a phrase: of that no spelling is known, but a lone character is mostly a part of one.
  if (isSpaceless(script)) return [...text.trim()].length === 1 && ![...known].some((other) => other.includes(word));
  if ([...word].length === 1) return !single.test(word);
  return [...known].some((other) => isMisspelling(word.toLowerCase(), other.toLowerCase(), 2));
}

/** What makes the names of a line new ones: they are declared there. */
const declares =
  /^\s*(?:(?:export|public|private|protected|static|async|abstract|final|default|pub|internal|override)\s+)*(?:def|class|function|func|fn|fun|interface|struct|enum|type|record|trait|impl|module|namespace|import|from|package|use|var|let|const|val|for|foreach|catch|except|with|global|lambda)\b/u;

/** In code a name of the file's script stands in the file, or its own line declares it. */
function isUnknownName(word: string, known: ReadonlySet<string>, lines: string): boolean {
  if ([...known].some((other) => isMisspelling(word, other, 2))) return true;
  const escaped = word.replace(/\$/g, '\\$&');
  const assigned = new RegExp(
    `(?<![.\\p{L}])${escaped}\\s*(?::[^=\\n]*)?(?:[:+*/-]?=(?![=])|=>|,[^()=\\n]*=(?!=))`,
    'u',
  );
  const isDeclared = lines
    .split('\n')
    .some((line) => line.includes(word) && (declares.test(line) || assigned.test(line)));
  return !isDeclared && !/["'`#]|\/\//.test(lines.slice(0, lines.indexOf(word)).split('\n').at(-1)!);
}
