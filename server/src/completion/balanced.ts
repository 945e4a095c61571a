// Whether a suggestion leaves something open that nobody will close: a string on its line, or a bracket in its middle.

import { languageTraits } from '../syntax/index.js';
import { closerOf, openAfter, openerOf, walkCode } from './brackets.js';
import type { Place } from './place.js';

/** A line that ends so goes on below, so what it opened may be open. */
const goesOn = /[{([,\\]\s*$|(?:[-+*/%|&=<>?:.]|\b(?:do|then|and|or|of))\s*$/;

/** The rest of the line was taken into account before: what stays of it closes what was open before the text. */
export function isBalanced(text: string, { linePrefix, document }: Pick<Place, 'linePrefix' | 'document'>): boolean {
  const traits = languageTraits(document.languageId);
  const outer = openAfter(linePrefix, traits);
  const open = [...outer.brackets];
  let isCrossed = false;
  const strings = walkCode(text, traits, outer.strings, (sign, _at, closesOuter) => {
    if (closesOuter) return undefined;
    if (sign in closerOf) open.push(sign);
    else if (sign in openerOf && open.length > 0 && open.pop() !== openerOf[sign]) isCrossed = true;
    return undefined;
  });
  if (isCrossed) return false;
  // In prose an apostrophe opens nothing, and where no rules are known it may be one.
  if (traits !== undefined && strings.length > outer.strings.length) return false;
  return open.length <= outer.brackets.length || goesOn.test(text) || text.includes('\n');
}
