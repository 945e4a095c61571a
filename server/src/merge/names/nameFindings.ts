// What the file around a conflict says of an answer: renames that its new lines do not know of, and a function that it calls as
// it may not be called any more.

import type { Syntax } from '../../syntax/index.js';
import type { MergeInput, Misfits, Rename } from '../types.js';
import { withRenames } from './rename.js';
import { openSignatures } from './signatures.js';

/** @param texts answers, the likeliest first; each costs a parse of the whole file */
export async function findMisfits(
  input: MergeInput,
  texts: readonly string[],
  syntax: Syntax,
  signal: AbortSignal,
): Promise<Misfits> {
  const misfits = new Map<string, string>();
  const signatures = await openSignatures(input, syntax);
  if (signatures === undefined) return misfits;
  // A side is mostly an answer too.
  const found = new Map<string, string | undefined>();
  const misfit = async (text: string): Promise<string | undefined> => {
    if (!found.has(text)) found.set(text, await signatures.misfit(text));
    return found.get(text);
  };
  try {
    // What neither side calls in vain, no mixture of them does.
    const isOfNoSide = async (): Promise<boolean> =>
      (await misfit(input.ours)) === undefined && (await misfit(input.theirs)) === undefined;
    if (signatures.areOutside && (await isOfNoSide())) return misfits;
    for (const text of texts) {
      signal.throwIfAborted();
      const name = await misfit(text);
      if (name !== undefined) misfits.set(text, name);
    }
  } finally {
    signatures.close();
  }
  return misfits;
}

/** The renames of which a text uses the old name. */
export function renamesMissedBy(text: string, languageId: string, renames: readonly Rename[]): readonly Rename[] {
  return renames.filter((rename) => withRenames(text, languageId, [rename]) !== text);
}
