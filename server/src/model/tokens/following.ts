// The next-line score: how well a line fits what its document has after it. The suffix is part of the prompt, but a small model looks little at
// it while it writes: it leaves a bracket open that nothing closes, or writes what the next line says once more. Behind a
// line that fits, the tokens that do follow are likely; behind another one they are not. So lines are compared by the
// likelihood of the same next tokens (a noisy channel: docs/glossary.md).

import type { Tokenizer } from './tokenizer.js';

/** More tokens say hardly more: the first of the next line tell whether the line ended where it should. */
const MOST_TOKENS = 10;
/** Characters that so many tokens do not exceed in code. */
const MOST_CHARACTERS = 200;

export interface Following {
  /** The blank lines behind the cursor's line. */
  readonly blank: string;
  /** The first tokens of the next line that is not blank, and of those after it; at least one. */
  readonly ids: readonly number[];
}

/** @param suffix of the prompt, from the line after the cursor's on; undefined where nothing follows */
export function followingOf(tokenizer: Tokenizer, suffix: string): Following | undefined {
  const first = suffix.search(/\S/);
  if (first === -1) return undefined;
  const start = suffix.lastIndexOf('\n', first) + 1;
  const ids = tokenizer.encode(suffix.slice(start, start + MOST_CHARACTERS)).slice(0, MOST_TOKENS);
  return { blank: suffix.slice(0, start), ids };
}
