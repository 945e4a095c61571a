// Writes branches one after the other, each behind its own tokens: for graphs whose rows form no trees.

import { abortError } from '../../common/abort.js';
import type { Row } from '../passes/decode.js';
import { neverExit } from '../passes/exitPolicy.js';
import type { Branch } from './branch.js';
import { extend } from './extend.js';
import type { Run } from './run.js';

/** @throws AbortError as soon as the request is cancelled */
export async function continueOneByOne(
  run: Run,
  greedy: readonly number[],
  branches: readonly Branch[],
): Promise<void> {
  // The cache holds the greedy tokens: what leaves them last comes first, so that the others still find theirs there.
  for (const { at, writer, own } of [...branches].sort((a, b) => b.at - a.at)) {
    if (run.cancelled()) throw abortError();
    writer.lookAtClock();
    if (writer.hasEnded) continue;
    const [row] = await rowsBehind(run, [...greedy.slice(0, at), ...own], 1);
    await extend(run, row!, writer);
  }
}

/** Rows behind the last `count` of some tokens that follow the prompt; what the cache holds of those before is kept. */
export async function rowsBehind(run: Run, tokens: readonly number[], count: number): Promise<readonly Row[]> {
  const { cache, counts, parts } = run;
  const sequence = [...run.ids, ...tokens];
  const kept = Math.min(cache.sharedPrefixLength(sequence), sequence.length - count);
  cache.rewindTo(kept);
  return (await counts.passesOf(parts.stepper).step(cache, sequence.slice(kept), neverExit)).slice(-count);
}
