import type { Place } from '../place/place.js';

/** UTF-16 code units below the cursor's line that are read where the line closes or opens something else than before. */
const BELOW = 20_000;

/** What follows the cursor's line in the document, from its line end on. */
export function textBelow({ document, range, rest }: Place): string {
  const lineEnd = range.end + rest.length;
  return document.text.slice(lineEnd, lineEnd + BELOW);
}
