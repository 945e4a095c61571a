// Writes a continuation from the cache's end, a token or a verified draft after the other.

import { abortError } from '../../common/abort.js';
import { createExitPolicy, type LineState } from '../exits/earlyExit.js';
import { decode, type DecodePolicies, type Row } from '../passes/decode.js';
import { neverExit } from '../passes/exitPolicy.js';
import type { Run } from './run.js';
import type { Writer, Writing } from './writer.js';

/**
 * Decodes from the cache's end until the writer has enough.
 * @param from what the model gave after the cache's last token
 * @throws AbortError as soon as the request is cancelled
 */
export async function extend(run: Run, from: Row, writer: Writer): Promise<void> {
  const { parts, cache, counts, cancelled } = run;
  const steps = decode(counts.passesOf(parts.stepper), cache, from, {
    exit: exitOf(run, writer.writing),
    draft: run.draft,
    allowed: () => writer.allowed(),
    stop: () => writer.hasEnded,
  });
  for await (const step of steps) {
    if (cancelled()) throw abortError();
    await writer.take(step);
  }
}

function exitOf(
  { parts: { exits, tokenizer }, request }: Run,
  { estimator, spelling }: Writing,
): DecodePolicies['exit'] {
  if (request.exits !== 'certified' || exits?.estimator === undefined || estimator === undefined) return neverExit;
  const line = (): LineState => ({ signals: estimator.signals, mayExit: spelling.remaining === 0 });
  return createExitPolicy(exits, exits.estimator, tokenizer, line);
}
