// How well the document's next tokens fit behind each branch, compared with the line itself: a noisy channel, since a
// small model looks little at the suffix that stands in its prompt.

import { abortError } from '../../common/abort.js';
import type { Continuation } from '../language.js';
import { neverExit } from '../passes/exitPolicy.js';
import { logProbabilityOf } from '../tokens/distribution.js';
import { followingOf } from '../tokens/following.js';
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
  const following = followingOf(run.parts.tokenizer, run.request.prompt.suffix);
  if (following === undefined) return branches;
  const text = firstLineOf(line.text);
  const own = await likelihoodBehind(run, text, following);
  const known = new Map([[text, own]]);
  const scored: Continuation[] = [];
  for (const branch of branches) {
    if (run.cancelled()) throw abortError();
    if (performance.now() > run.deadline) return undefined;
    const other = firstLineOf(branch.text);
    if (!known.has(other) && known.size <= MOST_SCORED) {
      known.set(other, await likelihoodBehind(run, other, following));
    }
    const likelihood = known.get(other);
    scored.push(likelihood === undefined ? branch : { ...branch, nextLineScore: likelihood - own });
  }
  return scored;
}

/** The natural logarithm of the probability of the document's next tokens behind a line. */
async function likelihoodBehind(
  { parts: { tokenizer, stepper }, cache, ids, forced }: Run,
  line: string,
  following: NonNullable<ReturnType<typeof followingOf>>,
): Promise<number> {
  const spelled = Buffer.from(forced, 'latin1').toString();
  const lineIds = tokenizer.encode(`${spelled}${line}\n${following.blank}`);
  cache.rewindTo(ids.length);
  const rows = await stepper.step(cache, [...lineIds, ...following.ids.slice(0, -1)], neverExit);
  let sum = 0;
  for (const [index, id] of following.ids.entries()) {
    sum += logProbabilityOf(id, await rows[lineIds.length - 1 + index]!.logits());
  }
  return sum;
}

/** A text's first line, without white space at its end. */
function firstLineOf(text: string): string {
  return text.split('\n', 1)[0]!.trimEnd();
}
