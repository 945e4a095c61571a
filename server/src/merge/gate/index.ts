// The gate in front of certainty: whatever a ranker says of an answer, one that loses an edit or brings in a fault is
// never taken without asking. Each check is a file; the first that speaks gives the reason.

import { once } from '../../common/once.js';
import { withoutSpace } from '../diff/withoutSpace.js';
import { createSpacing } from '../candidates/spacing/mergeSpacing.js';
import { placesIn } from '../candidates/spacing/spacedWords.js';
import { inverted } from '../diff/inverted.js';
import type { Candidate, MergeInput, MergeProblem, NameFindings, Refusal } from '../types.js';
import { changedSignatures } from './changedSignatures.js';
import { conflictNamesOf } from './conflictNames.js';
import { droppedEdits } from './droppedEdits.js';
import { inventedLines } from './inventedLines.js';
import { definedTwice } from './definedTwice.js';
import { doubledLines, hasMarkers } from './lines.js';
import { addsTextErrors } from './textErrors.js';
import { lostNames, usesLostName } from './lostNames.js';
import { mixedSentences } from './mixedSentences.js';
import { renamedNames } from './renamedNames.js';
import type { GateCheck, GateSide } from './types.js';
import { wordsAndValuesOf } from './wholeValues.js';

const checks: readonly GateCheck[] = [
  droppedEdits,
  renamedNames,
  changedSignatures,
  lostNames,
  doubledLines,
  inventedLines,
  definedTwice,
  mixedSentences,
];

/** UTF-16 units of all versions together; longer ones are not compared word by word. */
const LONGEST = 60_000;

export interface Gate {
  /** Why a candidate may not be certain; undefined where nothing speaks against it. */
  refusal(candidate: Candidate): Refusal | undefined;
  /** Whether it uses a name that nothing defines any more; false where that cannot be said. */
  losesName(candidate: Candidate): boolean;
}

/**
 * What is the same for all candidates is found out once, when the first of them needs it.
 * @param found.isCutShort whether a text took too long to be parsed, so that there may be more to find
 */
export function createGate(
  { input, evidence }: MergeProblem,
  found: Partial<NameFindings> & { readonly isCutShort?: boolean } = {},
): Gate {
  const { renames = [], misfits = new Map<string, string>(), isCutShort = false } = found;
  const { languageId, base } = input;
  const isOfSpaceAlone = once(() =>
    [input.ours, input.theirs].some((side) => base !== undefined && changesSpaceAlone(side, base)),
  );
  const versions = once(() => (base === undefined ? undefined : compare({ ...input, base }, languageId)));
  const spacing = once(() => createSpacing(input, languageId));
  const check = (candidate: Candidate): Refusal | undefined => {
    if (hasMarkers(candidate.text)) return 'markers';
    if (evidence.sidesParse !== undefined && candidate.addsErrors !== false) {
      return candidate.addsErrors === true ? 'syntaxError' : 'unchecked';
    }
    if (addsTextErrors(input, candidate.text)) return 'syntaxError';
    if (base === undefined) return 'baseUnknown';
    if (isOfSpaceAlone()) return 'spaceAlone';
    const compared = versions();
    if (compared === undefined) return 'tooDifferent';
    const answer = wordsAndValuesOf(candidate.text, languageId);
    const [inOurs, inTheirs] = compared.sides.map(({ spaced }) => placesIn(answer, spaced));
    const inBase = placesIn(answer, compared.base);
    if (inOurs === undefined || inTheirs === undefined || inBase === undefined) return 'tooDifferent';
    const gated = {
      input,
      candidate,
      answer,
      names: { renames, misfits },
      ...compared,
      places: { sides: [inOurs, inTheirs], base: inBase } as const,
    };
    for (const each of checks) {
      const refusal = each(gated);
      if (refusal !== undefined) return refusal;
    }
    const { text, lost } = spacing().apply(candidate.text);
    if (lost > 0 || text !== candidate.text) return 'droppedSpace';
    return isCutShort ? 'unchecked' : undefined;
  };
  const known = new Map<Candidate, Refusal | undefined>();
  return {
    refusal(candidate) {
      if (!known.has(candidate)) known.set(candidate, check(candidate));
      return known.get(candidate);
    },
    losesName({ text }) {
      const compared = base === undefined ? undefined : versions();
      return compared !== undefined && usesLostName({ answer: wordsAndValuesOf(text, languageId), ...compared });
    },
  };
}

/**
 * People drop a side's new white space as often as they keep it: of answers that keep it with the other side's edit, four
 * in five are what was committed to the byte, though nearly all are apart from white space.
 */
function changesSpaceAlone(side: string, base: string): boolean {
  return side !== base && withoutSpace(side) === withoutSpace(base);
}

/** Undefined where they are too long or too different. */
function compare(input: MergeInput & { readonly base: string }, languageId: string) {
  const { ours, theirs, base } = input;
  if (ours.length + theirs.length + base.length > LONGEST) return undefined;
  const baseWords = wordsAndValuesOf(base, languageId);
  const sides: GateSide[] = [];
  for (const text of [ours, theirs]) {
    const spaced = wordsAndValuesOf(text, languageId);
    const inBase = placesIn(spaced, baseWords);
    if (inBase === undefined) return undefined;
    sides.push({ text, spaced, inBase, fromBase: inverted(inBase, baseWords.words.length) });
  }
  const both = [sides[0]!, sides[1]!] as const;
  return { base: baseWords, sides: both, conflictNames: once(() => conflictNamesOf(input, baseWords, both)) };
}
