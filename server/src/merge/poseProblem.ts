// From the texts of a conflict to the problem that a ranker solves: every answer that patterns, the syntax tree and small
// rules reach, and what was found out on the way.

import type { Syntax } from '../syntax/index.js';
import { createCandidateList, type CandidateList } from './candidateList.js';
import { combinePatterns } from './combine.js';
import { applyPattern } from './patterns.js';
import { mergeThreeWay } from './threeWay.js';
import { tokenize } from './tokenize.js';
import {
  primitivePatterns,
  type CandidateSource,
  type MergeInput,
  type MergeProblem,
  type PrimitivePattern,
  type ThreeWayMerge,
} from './types.js';
import { patternShares } from './patterns.js';

/** Candidates that are handed to a ranker. */
export const MOST_CANDIDATES = 40;

/** UTF-16 units of all sides together; beyond it only whole sides and their lines are looked at. */
const LONGEST_TOKENIZED = 60_000;

export async function poseProblem(input: MergeInput, syntax?: Syntax, signal?: AbortSignal): Promise<MergeProblem> {
  signal?.throwIfAborted();
  const { ours, theirs, base, languageId } = input;
  const list = createCandidateList();
  const oursLines = linesOf(ours);
  const theirsLines = linesOf(theirs);
  const baseLines = base === undefined ? undefined : linesOf(base);

  addWholePatterns(list, oursLines, baseLines ?? [], theirsLines);
  const lineMerge = baseLines && mergeThreeWay(oursLines, baseLines, theirsLines);
  if (lineMerge !== undefined) addMerge(list, 'line', lineMerge);

  const isShort = ours.length + theirs.length + (base?.length ?? 0) <= LONGEST_TOKENIZED;
  const cut = (text: string | undefined) => (isShort && text !== undefined ? tokenize(text, languageId) : []);
  const oursTokens = cut(ours);
  const theirsTokens = cut(theirs);
  const baseTokens = cut(base);
  const textOf = (tokens: readonly { readonly text: string }[]): string[] => tokens.map(({ text }) => text);
  const tokenMerge =
    isShort && base !== undefined
      ? mergeThreeWay(textOf(oursTokens), textOf(baseTokens), textOf(theirsTokens))
      : undefined;
  if (tokenMerge !== undefined) addMerge(list, 'token', tokenMerge);
  void syntax;

  return Promise.resolve({
    input,
    candidates: list.take(MOST_CANDIDATES),
    evidence: { oursTokens, theirsTokens, baseTokens, lineMerge, tokenMerge, sidesParse: undefined },
  });
}

/** The nine patterns on the whole conflict. */
function addWholePatterns(
  list: CandidateList,
  ours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
): void {
  for (const pattern of primitivePatterns) {
    const text = applyPattern(pattern, { ours, base, theirs }).join('');
    list.add(text, { source: 'line', pattern, parts: [pattern] }, patternShares[pattern]);
  }
}

function addMerge(list: CandidateList, source: CandidateSource, merge: ThreeWayMerge<string>): void {
  for (const { text, parts, score } of combinePatterns(merge, MOST_CANDIDATES)) {
    list.add(text, { source, pattern: nameOf(parts), parts }, merge.conflicts === 0 ? 0.5 : score / 2);
  }
}

function nameOf(parts: readonly PrimitivePattern[]): string {
  const [first] = parts;
  if (first === undefined) return 'merge';
  return parts.every((part) => part === first) ? first : 'mixed';
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
