// From the texts of a conflict to the problem that a ranker solves: every answer that patterns, the syntax tree and small
// rules reach, and what was found out on the way.

import type { Syntax } from '../syntax/index.js';
import { createCandidateList, type CandidateList } from './candidateList.js';
import { combinePatterns } from './combine.js';
import { gatherMaterial, type Material } from './material.js';
import { applyPattern, patternShares } from './patterns.js';
import { rules } from './rules/index.js';
import {
  primitivePatterns,
  type CandidateSource,
  type MergeInput,
  type MergeProblem,
  type PrimitivePattern,
  type ThreeWayMerge,
} from './types.js';

/** Candidates that are handed to a ranker. */
export const MOST_CANDIDATES = 40;

export async function poseProblem(input: MergeInput, syntax?: Syntax, signal?: AbortSignal): Promise<MergeProblem> {
  signal?.throwIfAborted();
  const material = gatherMaterial(input);
  const { ours, base, theirs, lineMerge, tokenMerge, wordMerge } = material;
  const list = createCandidateList();
  addWholePatterns(list, material);
  addMerge(list, 'line', lineMerge, 1);
  addMerge(list, 'token', tokenMerge, 0.5);
  addMerge(list, 'token', wordMerge, 0.25);
  for (const rule of rules) {
    for (const { text, pattern, source, score } of rule(material))
      list.add(text, { source, pattern, parts: [] }, score);
  }
  void syntax;

  return Promise.resolve({
    input,
    candidates: list.take(MOST_CANDIDATES),
    evidence: {
      oursTokens: ours.tokens,
      theirsTokens: theirs.tokens,
      baseTokens: base.tokens,
      lineMerge,
      tokenMerge,
      sidesParse: undefined,
    },
  });
}

/** The nine patterns on the whole conflict. */
function addWholePatterns(list: CandidateList, { ours, base, theirs }: Material): void {
  const lines = { ours: ours.lines, base: base.lines, theirs: theirs.lines };
  for (const pattern of primitivePatterns) {
    const text = applyPattern(pattern, lines).join('');
    list.add(text, { source: 'line', pattern, parts: [pattern] }, patternShares[pattern]);
  }
}

/** @param weight how much a combination of this kind counts beside the patterns on the whole conflict */
function addMerge(
  list: CandidateList,
  source: CandidateSource,
  merge: ThreeWayMerge<string> | undefined,
  weight: number,
): void {
  if (merge === undefined) return;
  for (const { text, parts, score } of combinePatterns(merge, MOST_CANDIDATES)) {
    list.add(text, { source, pattern: nameOf(parts), parts }, weight * (merge.conflicts === 0 ? 1 : score));
  }
}

function nameOf(parts: readonly PrimitivePattern[]): string {
  const [first] = parts;
  if (first === undefined) return 'merge';
  return parts.every((part) => part === first) ? first : 'mixed';
}
