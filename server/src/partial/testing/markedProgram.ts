// Partial programs for tests, as people write them.

import type { Hole, PartialProgram } from '../types.js';

/** A text with its holes in ⟦⟧; a hole without an end is all that follows. */
export function markedProgram(marked: string): { text: string; program: PartialProgram } {
  let text = '';
  const holes: Hole[] = [];
  for (const part of marked.split(/(?=⟦)|(?<=⟧)/)) {
    const start = text.length;
    text += part.replace(/[⟦⟧]/g, '');
    if (part.startsWith('⟦')) {
      const isRest = !part.endsWith('⟧');
      holes.push({ range: { start, end: text.length }, isRest, first: 0, last: 0 } as unknown as Hole);
    }
  }
  return { text, program: { holes, kept: 1, cost: 0, isEverything: false } };
}
