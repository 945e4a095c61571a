// What a suggestion with holes takes the place of behind the cursor: no more than stands in it outside of its holes. What
// the user has written there is not for a hole, nor for the part that is left out.

import type { OffsetRange } from '../../common/range.js';
import { fitRest } from '../rest/restOfLine.js';
import { spells } from '../rest/spelling.js';
import type { Place } from '../place/place.js';

interface OfferedText {
  readonly text: string;
  readonly holes: readonly {
    /** Of its placeholder in the text, and of what it stands for in the suggestion without holes. */
    readonly range: OffsetRange;
    readonly replaced: OffsetRange;
    readonly isRest: boolean;
  }[];
}

/**
 * The range that such a suggestion replaces; undefined where it would lose something.
 * @param whole the suggestion without holes, and what it replaces
 */
export function rangeWithHoles(
  whole: { readonly text: string; readonly range: OffsetRange },
  { text, holes }: OfferedText,
  place: Place,
): OffsetRange | undefined {
  const { start, end: cursor } = place.range;
  const last = holes.at(-1);
  let { end } = whole.range;
  if (end > cursor && last?.isRest === true) {
    // What was left out had taken it.
    const kept = whole.text.slice(0, last.replaced.start).trimEnd();
    const fitted = fitRest(kept, place);
    if (fitted.text !== kept) return undefined;
    end = cursor + fitted.consumed;
  }
  // No text holds the sign in the place of a hole.
  const outside = holes.toReversed().reduce((left, { range }) => {
    return `${left.slice(0, range.start)}\0${left.slice(range.end)}`;
  }, text);
  return spells(outside, place.rest.slice(0, end - cursor)) ? { start, end } : undefined;
}
