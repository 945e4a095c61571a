// The model writes whole lines and does not see the rest of the cursor's line, which is mostly brackets that the editor
// closed by itself. Here the two are brought together: what the suggestion closes too is replaced rather than doubled.

import { closerOf, openAfter, openerOf, walkCode } from './brackets.js';
import type { Place } from './place.js';
import { languageTraits } from '../syntax/index.js';

/** Brackets, quotes and punctuation that end things, an opening brace after them, or a closing tag. */
const closing = /^[\s)\]}"'`;,:>]*(\/>|<\/[\w.:-]*>)?[\s)\]}"'`;,:>]*(=>\s*)?\{?[\s)\]};,]*$/;

/** Longer rests are code, and would take the expression long. */
const LONGEST_CLOSING = 80;

/** Whether the rest of a line only closes what was opened before, so that a suggestion in front of it makes sense. */
export function isClosing(rest: string): boolean {
  return rest.trim() === '' || (rest.length <= LONGEST_CLOSING && closing.test(rest));
}

export interface FittedText {
  /** What stands between the cursor and what is left of the rest. */
  readonly text: string;
  /** How much of the rest the text takes the place of, in UTF-16 code units. */
  readonly consumed: number;
}

/** Fits a generated text in front of the rest of the line. Fitting twice changes nothing. */
export function fitRest(text: string, place: Pick<Place, 'rest' | 'linePrefix' | 'document'>): FittedText {
  const rest = place.rest.trimEnd();
  if (rest.trim() === '') return { text, consumed: 0 };
  return /\w/.test(rest) ? fitBeforeCode(text, rest, place) : fitBeforeClosers(text, rest, place);
}

/**
 * In front of code the suggestion ends where that code begins in it, or behind the closers that the code begins with,
 * or else before it closes what it did not open.
 */
function fitBeforeCode(text: string, rest: string, place: Pick<Place, 'linePrefix' | 'document'>): FittedText {
  const at = text.indexOf(rest.trimStart());
  if (at !== -1) return { text: text.slice(0, at + rest.trimStart().length), consumed: rest.length };
  const closers = /^[\s)\]}"'`;>]*/.exec(rest)![0];
  const { consumed, consumedEnd } = matchClosers(text, closers, place);
  if (consumed > 0) return { text: text.slice(0, consumedEnd), consumed };
  const { cutAt } = matchClosers(text, rest, place);
  return { text: cutAt === undefined ? text : text.slice(0, cutAt), consumed: 0 };
}

function fitBeforeClosers(text: string, rest: string, place: Pick<Place, 'linePrefix' | 'document'>): FittedText {
  const { cutAt, consumed, open, quotes } = matchClosers(text, rest, place);
  if (cutAt !== undefined) return { text: text.slice(0, cutAt).trimEnd(), consumed };
  if (rest.slice(consumed).trim() === '') return { text, consumed };
  // What is left of the rest closes outer things, so everything that the suggestion opened must be closed before it.
  const closers = open.map((opener) => closerOf[opener]).reverse();
  return { text: text + quotes + closers.join(''), consumed };
}

interface Match {
  /** Where the text closes something that neither it nor the rest opens in this order; undefined where all fits. */
  readonly cutAt: number | undefined;
  /** Length of the rest's beginning that the text spells too. */
  readonly consumed: number;
  /** Where in the text the last sign of that beginning ends. */
  readonly consumedEnd: number;
  /** What the text opens and leaves open. */
  readonly open: readonly string[];
  /** What closes the strings that the text leaves open. */
  readonly quotes: string;
}

function matchClosers(text: string, rest: string, place: Pick<Place, 'linePrefix' | 'document'>): Match {
  const traits = languageTraits(place.document.languageId);
  const outer = openAfter(place.linePrefix, traits).strings;
  const open: string[] = [];
  let consumed = 0;
  let consumedEnd = 0;
  let cutAt: number | undefined;
  let outerCount = outer.length;
  const strings = walkCode(text, traits, outer, (sign, at, closesOuter) => {
    if (closesOuter && sign !== '}') outerCount--;
    const expectedAt = skipSpace(rest, consumed);
    const isExpected = open.length === 0 && rest.startsWith(sign, expectedAt);
    if (isExpected && (closesOuter || !isSeparator(sign) || spells(text.slice(at), rest.slice(expectedAt)))) {
      consumed = expectedAt + sign.length;
      consumedEnd = at + sign.length;
    } else if (closesOuter) {
      return undefined;
    } else if (sign in closerOf) {
      open.push(sign);
    } else if (sign in openerOf) {
      if (open.at(-1) === openerOf[sign]) open.pop();
      else if (open.length > 0 || /[)\]}]/.test(rest.slice(consumed))) {
        cutAt = at;
        return 'stop';
      }
    }
    return undefined;
  });
  // Strings that were open before the cursor are the rest's to close.
  const quotes = strings.slice(outerCount).map(({ quote, depth }) => (depth === undefined ? quote : `}${quote}`));
  return { cutAt, consumed, consumedEnd, open, quotes: quotes.reverse().join('') };
}

/** A comma or colon may occur many times, so it is the rest's only where the text ends as the rest does. */
function isSeparator(char: string): boolean {
  return char === ',' || char === ':';
}

function spells(textEnd: string, rest: string): boolean {
  return textEnd.replace(/\s/g, '') === rest.replace(/\s/g, '');
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
