// The last look at a suggestion, which knows nothing of how it was fitted: the line is read again as it would stand in
// the document, and must not be worse balanced than it was.

import type { Place } from '../place/place.js';
import { lexiconOf } from '../../languages/index.js';
import { escapedLength, openAt } from '../strings/openState.js';
import { scan, type Frame } from '../strings/scan.js';
import { isSpace } from './spelling.js';
import { textBelow } from './textBelow.js';

/** Whether a text in place of so much of the rest neither doubles nor swallows what stands behind the cursor. */
export function keepsBalance(text: string, consumed: number, place: Place): boolean {
  const rest = place.rest;
  const taken = rest.slice(0, consumed);
  if (!holdsInOrder(text, taken)) return false;
  const escaped = text === '' ? 0 : escapedLength(place);
  if (
    lexiconOf(place.document.languageId).pairsQuotes &&
    isOdd(text.slice(escaped)) !== isOdd(taken) &&
    !isOdd(place.linePrefix + rest)
  )
    return false;
  const before = read(rest, place, openAt(place));
  const after = read(text + rest.slice(consumed), place, openAt(place), escaped);
  if (after.faults > before.faults) return false;
  const had = hard(before.open);
  const has = hard(after.open);
  if (rest.slice(consumed).trim() !== '' && has.length > had.length) return false;
  if (has.join('\n') === had.join('\n')) return true;
  const below = textBelow(place);
  return after.faults + read(below, place, after.open).faults <= before.faults + read(below, place, before.open).faults;
}

function read(
  text: string,
  place: Place,
  open: readonly Frame[],
  escaped = 0,
): { readonly open: readonly Frame[]; readonly faults: number } {
  const stack = [...open];
  let faults = 0;
  const whole = place.linePrefix + text;
  scan(
    whole,
    place.linePrefix.length + escaped,
    whole.length,
    stack,
    lexiconOf(place.document.languageId),
    ({ type }) => {
      if (type === 'stray' || type === 'unclosed') faults++;
    },
  );
  // A string of one line does not reach the next.
  return { open: stack, faults: faults + stack.filter(({ form }) => form?.severalLines === false).length };
}

function hard(open: readonly Frame[]): readonly string[] {
  return open
    .filter(({ kind }) => kind !== 'soft' && kind !== 'lineComment')
    .map(({ kind, open: opener }) => `${kind} ${opener}`);
}

/** Whether a text has an odd number of double quotes. */
function isOdd(text: string): boolean {
  return text.replace(/\\./g, '').split('"').length % 2 === 0;
}

/** Whether every sign of a text comes in another, in this order. */
function holdsInOrder(text: string, signs: string): boolean {
  let at = 0;
  for (const sign of signs) {
    if (isSpace(sign)) continue;
    at = text.indexOf(sign, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
