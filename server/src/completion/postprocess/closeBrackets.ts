import { fitRest } from '../rest/restOfLine.js';
import type { Filter } from './filter.js';

/** What the rest of the line closes is not closed twice, and what the suggestion opens in front of it is closed. */
export const closeBrackets: Filter = (text, { place }) => fitRest(text, place).text;
