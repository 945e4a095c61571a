// Whether the answer uses a name that a side has renamed everywhere: what the other side wrote of it would find nothing.

import { renamesOf } from '../candidates/rules/replay.js';
import { occursIn } from './occursIn.js';
import type { GateCheck } from './types.js';

export const renamedNames: GateCheck = ({ input, answer, base, sides }) => {
  const used = new Set(answer.words);
  for (const { spaced } of sides) {
    const left = new Set(spaced.words);
    for (const old of renamesOf(base.words, spaced.words).keys()) {
      if (!used.has(old) || left.has(old)) continue;
      // A name that the lines around still use was not renamed, or not everywhere.
      if (!occursIn(old, input.before) && !occursIn(old, input.after)) return 'renamedName';
    }
  }
  return undefined;
};
