// Prompt lookup: drafts that cost nothing, namely what followed the same tokens earlier in the prompt. Code repeats itself, so
// nearly half of the tokens of a line can be proposed and verified in one pass instead of computed one by one.

/** Longer matches than this are not surer. */
const LONGEST_MATCH = 4;

export interface Match {
  /** What followed. */
  readonly ids: readonly number[];
  /** How many tokens before it are the same, 1 to LONGEST_MATCH; 0 where nothing matches. */
  readonly length: number;
  /** Whether the same token followed at the next equally long match too; undefined where there is none. */
  readonly isRepeated: boolean | undefined;
}

export const noMatch: Match = { ids: [], length: 0, isRepeated: undefined };

/**
 * What followed the latest earlier occurrence of a sequence's end, the longest match first.
 * @param tokens the sequence so far
 * @param next the token that follows it
 * @param most tokens wanted
 */
export function lookUp(tokens: readonly number[], next: number, most: number): Match {
  let best = noMatch;
  for (let end = tokens.length - 2; end >= 0; end--) {
    if (tokens[end] !== next) continue;
    const length = 1 + countAlike(tokens, end);
    if (length > best.length) {
      best = { ids: tokens.slice(end + 1, end + 1 + most), length, isRepeated: undefined };
    } else if (length === best.length && best.isRepeated === undefined) {
      best = { ...best, isRepeated: tokens[end + 1] === best.ids[0] };
      if (length === LONGEST_MATCH) break;
    }
  }
  return best;
}

/** How many tokens before a position are those at the sequence's end. */
function countAlike(tokens: readonly number[], at: number): number {
  let count = 0;
  while (
    count < LONGEST_MATCH - 1 &&
    at - 1 - count >= 0 &&
    tokens[at - 1 - count] === tokens[tokens.length - 1 - count]
  )
    count++;
  return count;
}
