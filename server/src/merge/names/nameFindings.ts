// What the file around a conflict says of the names in it: renames that its new lines do not know of, and answers that call a
// function as it may not be called any more.

import type { Syntax } from '../../syntax/index.js';
import type { MergeProblem, NameFindings, Rename } from '../types.js';
import { findRenames } from './findRenames.js';
import { withRenames } from './rename.js';
import { openSignatures } from './signatures.js';

/** Candidates whose calls are looked at, the first ones. */
const MOST_CANDIDATES = 20;

export async function findNames(
  { input, candidates }: MergeProblem,
  syntax: Syntax,
  signal: AbortSignal,
): Promise<NameFindings> {
  const renames = await findRenames(input, syntax);
  signal.throwIfAborted();
  const misfits = new Map<string, string>();
  const signatures = await openSignatures(input, syntax);
  if (signatures === undefined) return { renames, misfits };
  try {
    // What neither side calls in vain, no mixture of them does.
    const isOfNoSide = async (): Promise<boolean> =>
      (await signatures.misfit(input.ours)) === undefined && (await signatures.misfit(input.theirs)) === undefined;
    if (signatures.areOutside && (await isOfNoSide())) return { renames, misfits };
    for (const { text } of candidates.slice(0, MOST_CANDIDATES)) {
      signal.throwIfAborted();
      const name = await signatures.misfit(text);
      if (name !== undefined) misfits.set(text, name);
    }
  } finally {
    signatures.close();
  }
  return { renames, misfits };
}

/** The renames of which a text uses the old name. */
export function renamesMissedBy(text: string, languageId: string, renames: readonly Rename[]): readonly Rename[] {
  return renames.filter((rename) => withRenames(text, languageId, [rename]) !== text);
}
