// Drafts that cost nothing: what followed the same tokens earlier in the prompt (prompt look-up). Code repeats itself, so
// nearly half of the tokens of a line can be proposed and verified in one pass instead of computed one by one.

/**
 * Tokens proposed after a match of so many tokens. A longer match is surer, and a pass of four tokens costs about half
 * as much again as one of one.
 */
const PROPOSED_AFTER = [0, 1, 2, 3, 4] as const;

/**
 * Proposes what followed the latest earlier occurrence of the sequence's end, the longest match first.
 * @param tokens the sequence so far
 * @param next the token that follows it
 */
export function lookUpDraft(tokens: readonly number[], next: number): readonly number[] {
  for (let length = PROPOSED_AFTER.length - 1; length > 0; length--) {
    const proposed = PROPOSED_AFTER[length]!;
    for (let end = tokens.length - 1; end >= length - 1; end--) {
      if (tokens[end] === next && endsAlike(tokens, end, length - 1)) return tokens.slice(end + 1, end + 1 + proposed);
    }
  }
  return [];
}

/** Whether the `count` tokens before position `end` are those at the sequence's end. */
function endsAlike(tokens: readonly number[], end: number, count: number): boolean {
  for (let i = 1; i <= count; i++) if (tokens[end - i] !== tokens[tokens.length - i]) return false;
  return true;
}
