// How well the document's next tokens fit behind each branch, compared with the line itself: a noisy channel, since a
// small model looks little at the suffix that stands in its prompt.

import type { Continuation } from '../language.js';
import { followingOf } from '../tokens/following.js';
import { likelihoodsBehind } from './likelihoods.js';
import type { Run } from './run.js';

/** So many branches get a next-line score; those further behind are less likely. */
const MOST_SCORED = 3;

/**
 * Adds to branches how much likelier the next tokens are behind them than behind the line, as a difference of natural
 * logarithms; undefined where it took too long.
 * @throws AbortError as soon as the request is cancelled
 */
export async function scoreNextLine(
  run: Run,
  line: Continuation,
  branches: readonly Continuation[],
): Promise<readonly Continuation[] | undefined> {
  const { tokenizer } = run.parts;
  const following = followingOf(tokenizer, run.request.prompt.suffix);
  if (following === undefined) return branches;
  const text = firstLineOf(line.text);
  const texts = [...new Set([text, ...branches.map((branch) => firstLineOf(branch.text))])].slice(0, 1 + MOST_SCORED);
  const spelled = Buffer.from(run.forced, 'latin1').toString();
  const lines = texts.map((each) => tokenizer.encode(`${spelled}${each}\n${following.blank}`));
  const likelihoods = await likelihoodsBehind(run, lines, following.ids);
  if (likelihoods === undefined) return undefined;
  const known = new Map(texts.map((each, index) => [each, likelihoods[index]!]));
  return branches.map((branch) => {
    const likelihood = known.get(firstLineOf(branch.text));
    return likelihood === undefined ? branch : { ...branch, nextLineScore: likelihood - known.get(text)! };
  });
}

/** A text's first line, without white space at its end. */
function firstLineOf(text: string): string {
  return text.split('\n', 1)[0]!.trimEnd();
}
