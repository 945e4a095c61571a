// Where one side renamed something elsewhere in the file, an answer whose lines still use the old name changes places with the
// same answer with the new name: the ranker judged its words, and people who take them write the name that there is. It is
// done after ranking, since the ranker has learned of the conflict alone.

import { withoutSpace } from '../diff/withoutSpace.js';
import { withRenames } from '../names/rename.js';
import type { Candidate, Derivation, RankedCandidate, Rename } from '../types.js';

export interface RenamedAnswers {
  readonly ranked: readonly RankedCandidate[];
  /** Of each answer with new names the answer with the old ones. */
  readonly originals: ReadonlyMap<Candidate, Candidate>;
}

/** Answers whose names are looked at, the first ones. */
const MOST_RENAMED = 10;

export function renameAnswers(
  given: readonly RankedCandidate[],
  languageId: string,
  renames: readonly Rename[],
): RenamedAnswers {
  const originals = new Map<Candidate, Candidate>();
  if (renames.length === 0) return { ranked: given, originals };
  const ranked = [...given];
  for (const [at, each] of given.slice(0, MOST_RENAMED).entries()) {
    const { candidate } = each;
    const text = withRenames(candidate.text, languageId, renames);
    // The base has no new lines.
    if (text === candidate.text || candidate.derivations.some(({ pattern }) => pattern === 'base')) continue;
    const place = ranked.findIndex((other) => withoutSpace(other.candidate.text) === withoutSpace(text));
    if (place === -1) {
      const renamed = renamedCandidate(candidate, text, languageId, renames);
      originals.set(renamed, candidate);
      ranked[at] = { ...each, candidate: renamed };
      ranked.push({ ...each, confidence: 0, attributions: [] });
      continue;
    }
    const other = ranked[place]!;
    originals.set(other.candidate, candidate);
    if (place < at) continue;
    ranked[at] = { ...other, confidence: each.confidence };
    ranked[place] = { ...each, confidence: other.confidence };
  }
  return { ranked, originals };
}

function renamedCandidate(
  candidate: Candidate,
  text: string,
  languageId: string,
  renames: readonly Rename[],
): Candidate {
  const derivation: Derivation = { source: 'generated', pattern: patternOf(candidate), parts: [] };
  return {
    ...candidate,
    ...derivation,
    text,
    derivations: [derivation],
    variants: candidate.variants.map((variant) => withRenames(variant, languageId, renames)),
  };
}

function patternOf({ derivations }: Candidate): string {
  const side = ['ours', 'theirs'].find((each) => derivations.some(({ pattern }) => pattern === each));
  return `${side ?? 'merge'}-with-renames`;
}
