// Other lines that the model might have written: branches off the greedy one, each compared with it by how well the
// document's next line follows.

import type { Continuation } from '../language.js';
import type { DecodeStep } from '../passes/decode.js';
import { continueBeside } from './beside.js';
import { branchesWanted, likeliestBranches } from './branches.js';
import { scoreNextLine } from './nextLineScore.js';
import { builderOf, type Run } from './run.js';

/**
 * The branches that are wanted; undefined where they are not, or it took too long.
 * @throws AbortError as soon as the request is cancelled
 */
export async function branchOff(
  run: Run,
  line: Continuation,
  greedy: readonly DecodeStep[],
): Promise<readonly Continuation[] | undefined> {
  const { request, parts } = run;
  const wanted = branchesWanted(request, line);
  if (wanted === undefined) return undefined;
  run.deadline = Math.min(run.deadline, performance.now() + (wanted.maximumMs ?? Infinity));
  const lineEnd = greedy.findIndex(({ id }) => parts.tokenizer.bytes(id).includes('\n'));
  const steps = lineEnd === -1 ? greedy : greedy.slice(0, lineEnd + 1);
  if (performance.now() > run.deadline) return undefined;
  const points = likeliestBranches(steps, ({ top }) => top.slice(1), wanted.count);
  const bounds = { ...request, maximumLines: 1 };
  const beginnings = points.map((point) => ({ point, builder: builderOf(run, bounds) }));
  try {
    const branches = await continueBeside(run, greedy, beginnings);
    return branches.some(({ finish }) => finish === 'time') ? undefined : await scoreNextLine(run, line, branches);
  } finally {
    run.cache.dropTree();
  }
}
