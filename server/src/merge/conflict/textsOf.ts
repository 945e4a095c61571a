// The texts of a conflict that stands in a document, as the room works on them.

import { withLf } from '../diff/lineEnds.js';
import type { Conflict, ConflictTexts } from '../types.js';

/** What is found out of a conflict's texts is remembered by this object. */
const known = new WeakMap<Conflict, ConflictTexts>();

/** With LF as line end; the same object each time. */
export function textsOf(conflict: Conflict): ConflictTexts {
  const found = known.get(conflict);
  if (found !== undefined) return found;
  const { ours, theirs, base } = conflict;
  const texts = { ours: withLf(ours.text), theirs: withLf(theirs.text), base: base && withLf(base.text) };
  known.set(conflict, texts);
  return texts;
}
