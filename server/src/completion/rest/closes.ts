// What the rest of a line closes. Where it has fewer closers than the line has openers, as `f(g(ˇ)`, those that are there
// close the outer ones: what is written at the cursor has to close the inner ones itself.

import type { Place } from '../place/place.js';
import { lexiconOf } from '../../languages/index.js';
import { countOpenAbove, openAt } from '../strings/openState.js';
import { closerOf, scan, type Frame } from '../strings/scan.js';
import { textBelow } from './textBelow.js';

/** A closer in the rest of something that was open at the cursor. */
export interface RestClose {
  /** Which of the open frames it closes. */
  readonly index: number;
  readonly at: number;
  readonly end: number;
}

interface Reading {
  readonly closes: readonly RestClose[];
  readonly isWhole: boolean;
  /** A regular expression ends behind a closer of nothing, so perhaps it is the beginning of another one. */
  readonly isDoubtful: boolean;
}

/** Openers that may be missing their closers. Nobody leaves out more, and each is a reading of the rest. */
const MOST_MISSING = 20;

/** The closers in the rest of the cursor's line, from left to right. */
export function closesIn(place: Place): readonly RestClose[] {
  const open = openAt(place);
  const above = countOpenAbove(place);
  const rest = place.rest.trimEnd();
  const whole = read(rest, place, open, above);
  if (rest === '' || (whole.isWhole && !whole.isDoubtful)) return whole.closes;
  const least = Math.max(above, open.length - MOST_MISSING);
  for (let count = open.length - 1; count >= least && mayBeMissing(open[count]!); count--) {
    const reading = read(rest, place, open.slice(0, count), above);
    if (reading.isWhole && reading.closes.length > 0) return reading.closes;
  }
  return whole.closes;
}

/**
 * Whether a text at the cursor closes all that the line opened, or what is below does, and leaves no string open.
 * @param escaped how much of it is escaped
 */
export function readsWhole(text: string, place: Place, escaped = 0): boolean {
  return read(text, place, openAt(place), countOpenAbove(place), escaped).isWhole;
}

/** Whether a text may close it in front of a rest that does not. */
function mayBeMissing({ kind }: Frame): boolean {
  return kind !== 'island' && kind !== 'lineComment';
}

/** Reads a text from what is open; whole where it closes all that the cursor's line opened, or what is below does. */
function read(text: string, place: Place, open: readonly Frame[], above: number, escaped = 0): Reading {
  const { linePrefix, document } = place;
  const lexicon = lexiconOf(document.languageId);
  const closes: RestClose[] = [];
  const stack = [...open];
  let base = open.length;
  let faults = 0;
  let hasStray = false;
  let isDoubtful = false;
  const shift = linePrefix.length;
  scan(linePrefix + text, shift + escaped, shift + text.length, stack, lexicon, (event) => {
    if (event.type === 'stray' || event.type === 'unclosed') faults++;
    if (event.type === 'softStray') hasStray = true;
    if (event.type !== 'close' || event.index >= base) return;
    if (event.frame.form?.hasClasses === true && hasStray) isDoubtful = true;
    base = event.index;
    closes.push({ index: event.index, at: event.at - shift, end: event.end - shift });
  });
  const left = stack.findIndex(
    ({ kind, open }, index) =>
      index >= above &&
      (index < base ? kind !== 'lineComment' && (kind !== 'soft' || closerOf[open] !== undefined) : kind === 'string'),
  );
  if (faults > 0 || left === -1) return { closes, isWhole: faults === 0, isDoubtful };
  return { closes, isWhole: closesBelow(textBelow(place), stack, left, document.languageId), isDoubtful };
}

/** Whether a text closes the frame at an index, with no closer in between that closes nothing. */
export function closesBelow(below: string, open: readonly Frame[], index: number, languageId: string): boolean {
  const stack = [...open];
  let isClosed = false;
  scan(below, 0, below.length, stack, lexiconOf(languageId), (event) => {
    if (event.type === 'close' && event.index <= index) {
      isClosed = event.index === index;
      return 'stop';
    }
    return event.type === 'stray' || event.type === 'unclosed' ? 'stop' : undefined;
  });
  return isClosed;
}
