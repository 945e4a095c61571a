// A continuation that ended because its time or its tokens were spent stops anywhere. What is shown of it ends where
// nothing that it opened is open, and takes nothing away that stands behind the cursor.

import type { Continuation } from '../../model/index.js';
import type { Place } from '../place/place.js';
import { closesBelow } from '../rest/closes.js';
import { readAlong } from '../rest/fit.js';
import { lexiconOf } from '../../languages/index.js';
import { countOpenAbove, openAt } from '../strings/openState.js';
import { scan } from '../strings/scan.js';

/** Whether a limit ended it, rather than the model. */
export function isCutShort({ finish }: Pick<Continuation, 'finish'>): boolean {
  return finish === 'tokens' || finish === 'time' || finish === 'repetition';
}

/** The beginning of such a text that may be shown; empty where there is none. */
export function wholePart(text: string, place: Place): string {
  let kept = text;
  for (;;) {
    const end = endOfWhole(kept, place);
    if (end === undefined) break;
    kept = kept.slice(0, end).trimEnd();
  }
  return leavesLineOpen(kept, place) ? '' : kept;
}

/** Where a text must end earlier; undefined where it may stay. */
function endOfWhole(text: string, place: Place): number | undefined {
  if (text === '') return undefined;
  const { own, firstConsumed } = readAlong(text, place);
  const first = own.find(({ kind, open }) => kind !== 'lineComment' && open !== '<');
  const ends = [first?.at, firstConsumed].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Whether a bracket or a quote that the cursor's line opened would stay open, for nothing below closes it. */
function leavesLineOpen(text: string, place: Place): boolean {
  const above = countOpenAbove(place);
  const stack = [...openAt(place)];
  const lexicon = lexiconOf(place.document.languageId);
  const line = place.linePrefix + text + place.rest;
  scan(line, place.linePrefix.length, line.length, stack, lexicon, () => undefined);
  const open = stack
    .slice(above)
    .filter(({ kind, open: sign }) => kind === 'string' || (kind === 'bracket' && sign !== '{'));
  if (open.length === 0) return false;
  const outermost = stack.indexOf(open[0]!);
  return !closesBelow(`\n${place.suffix}`, stack, outermost, place.document.languageId);
}
