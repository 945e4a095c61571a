import { fitRest } from '../rest/restOfLine.js';
import { openerOf, openQuote, stateOf } from '../cut/brackets.js';
import { openAt } from '../strings/openState.js';
import type { Filter, FilterContext } from './filter.js';

/** Fewer new signs than this are sooner typed than read. */
const MINIMUM = 3;

/**
 * Drops what is too short to be worth a glance. Kept all the same: what was asked for by hand, what is left of a
 * suggestion that is being typed along, and the signs that finish a line, such as `);`.
 */
export const tooShort: Filter = (text, context) => {
  const written = countWritten(text);
  if (written === 0) return { dropped: 'nothingGenerated' };
  const fitted = fitRest(text, context.place);
  const added = written - countWritten(context.place.rest.slice(0, fitted.consumed));
  if (added === 0) return { dropped: 'repeatsSuffix' };
  const isKept = context.trigger === 'manual' || context.isTypedAlong || finishesLine(text, context);
  return added >= MINIMUM || isKept ? text : { dropped: 'tooShort' };
};

/** Two signs or more that only close what the line opened, where nothing follows. */
function finishesLine(text: string, { place }: FilterContext): boolean {
  const signs = text.trim();
  if (place.rest.trim() !== '' || !/^["'`]?[)\]}]+[;,:]?$/.test(signs) || signs.length < 2) return false;
  const closer = /[)\]}]/.exec(signs)?.[0] ?? '';
  const quote = /^["'`]/.exec(signs)?.[0];
  const open = stateOf(openAt(place));
  return openQuote(open) === quote && open.brackets.at(-1) === openerOf[closer];
}

function countWritten(text: string): number {
  return text.replace(/\s/g, '').length;
}
