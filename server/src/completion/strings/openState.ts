// What is open at the cursor. The document is scanned from further above, since its line may begin inside a string, a
// comment or a template; but where a scan went astray, what follows the cursor says so.

import type { Place } from '../place/place.js';
import { lexiconOf } from '../../languages/index.js';
import { scan, type Frame } from './scan.js';

/** UTF-16 code units before the cursor that are scanned, and behind it to see which reading is right. */
const BEFORE = 20_000;
const BEHIND = 4_000;

/** Where the line in which the scan would begin is longer, the scan begins in the middle of it. */
const MOST_BEFORE = 40_000;

type Where = Pick<Place, 'document' | 'range' | 'inserted' | 'linePrefix'>;

interface Open {
  readonly frames: readonly Frame[];
  /** How many of them were open where the cursor's line begins. */
  readonly above: number;
}

const known = new WeakMap<object, Open>();

/** The frames open at a place, from the outermost on. */
export function openAt(place: Where): readonly Frame[] {
  return openOf(place).frames;
}

/** How many of the frames that are open at a place were open where its line begins. */
export function countOpenAbove(place: Where): number {
  return openOf(place).above;
}

/** How much of a text at a place is escaped by what stands in front of it, as the quote in `'it\ˇ's'`. */
export function escapedLength(place: Where): number {
  const frame = openAt(place).findLast(({ kind }) => kind !== 'bracket' && kind !== 'soft');
  const escape = frame?.kind === 'string' ? frame.form?.escape : undefined;
  if (escape === undefined) return 0;
  let count = 0;
  while (place.linePrefix[place.linePrefix.length - 1 - count] === escape) count++;
  return count % 2;
}

function openOf(place: Where): Open {
  let open = known.get(place);
  if (open === undefined) known.set(place, (open = readOpen(place)));
  return open;
}

function readOpen({ document, range, inserted, linePrefix }: Where): Open {
  const lexicon = lexiconOf(document.languageId);
  const lineAbove = document.text.lastIndexOf('\n', Math.max(0, range.start - BEFORE)) + 1;
  const start = range.start <= BEFORE ? 0 : Math.max(lineAbove, range.start - MOST_BEFORE);
  const head = document.text.slice(start, range.start) + inserted;
  const text = head + document.text.slice(range.end, range.end + BEHIND);
  const cursor = head.length;
  // What is inserted may hold line ends of its own, and the line itself others than the window's.
  const lineStart = Math.max(head.lastIndexOf('\n') + 1, cursor - linePrefix.length);
  const stack: Frame[] = [];
  scan(text, 0, lineStart, stack, lexicon, () => undefined);
  const outer = stack.findIndex(({ kind }) => kind === 'string' || kind === 'blockComment');
  const others = outer === -1 ? undefined : stack.slice(0, outer);
  scan(text, lineStart, cursor, stack, lexicon, () => undefined);
  const withCount = (frames: readonly Frame[]): Open => {
    const first = frames.findIndex(({ at }) => at >= lineStart);
    return { frames, above: first === -1 ? frames.length : first };
  };
  if (others === undefined) return withCount(stack);
  scan(text, lineStart, cursor, others, lexicon, () => undefined);
  const faults = (open: readonly Frame[]): number => countFaults(text, cursor, open, lexicon);
  return withCount(faults(others) < faults(stack) ? others : stack);
}

/** Closers without an opener, and strings and comments that do not end. */
function countFaults(
  text: string,
  from: number,
  open: readonly Frame[],
  lexicon: ReturnType<typeof lexiconOf>,
): number {
  const stack = [...open];
  let faults = 0;
  scan(text, from, text.length, stack, lexicon, ({ type }) => {
    if (type === 'stray' || type === 'unclosed') faults++;
  });
  return faults + stack.filter(({ kind }) => kind === 'string' || kind === 'blockComment').length;
}
