// A partial program as text that a person reads.

import { fill, type Filled } from '../tree/fill.js';
import type { PartialProgram } from '../types.js';

/** In brackets that no programming language uses. */
function placeholder(name: string): string {
  return `⟨${name}⟩`;
}

/**
 * The completion with a placeholder for each hole. A rest of the line that is left out gets none: the text ends there.
 * @param names a readable name of what is missing in each hole, such as `condition`
 */
export function renderText(text: string, { holes }: PartialProgram, names: readonly string[]): Filled {
  const filled = fill(text, holes, (index) => (holes[index]!.isRest ? '' : placeholder(names[index] ?? 'something')));
  return { ...filled, text: holes.at(-1)?.isRest === true ? filled.text.trimEnd() : filled.text };
}
