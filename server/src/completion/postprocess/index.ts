// The filters that every generated text passes, in this order. Adding one adds a file and a line here.

import { closeBrackets } from './closeBrackets.js';
import type { Dropped, Filter, FilterContext } from './filter.js';
import { invisibleSigns } from './invisibleSigns.js';
import { misspelt } from './misspelt.js';
import { repeatsNextLines } from './repeatsNextLines.js';
import { repetitionLoop } from './repetitionLoop.js';
import { secrets } from './secrets.js';
import { tooShort } from './tooShort.js';
import { trimTrailingSpace } from './trimTrailingSpace.js';
import { wrongIndentation } from './wrongIndentation.js';

export const filters: readonly (readonly [name: string, filter: Filter])[] = [
  ['trimTrailingSpace', trimTrailingSpace],
  ['repetitionLoop', repetitionLoop],
  ['wrongIndentation', wrongIndentation],
  ['closeBrackets', closeBrackets],
  ['repeatsNextLines', repeatsNextLines],
  ['secrets', secrets],
  ['invisibleSigns', invisibleSigns],
  ['misspelt', misspelt],
  // Last, since the others shorten.
  ['tooShort', tooShort],
];

export function postprocess(text: string, context: FilterContext): string | Dropped {
  let filtered = text;
  for (const [, filter] of filters) {
    const result = filter(filtered, context);
    if (typeof result !== 'string') return result;
    filtered = result;
  }
  return filtered;
}

export type { Dropped, Filter, FilterContext };
