// From the texts of a conflict to the problem that a ranker solves: every answer that patterns, the syntax tree and small
// rules reach, and what was found out on the way.

import type { Syntax } from '../../syntax/index.js';
import { createCandidateList, type CandidateList } from './candidateList.js';
import { combinePatterns } from './combine.js';
import { gatherMaterial, type Material } from '../diff/material.js';
import { applyPattern, patternShares } from './patterns.js';
import { losesNames } from '../structure/lostNames.js';
import { relateEdits } from '../structure/relation.js';
import { settle } from '../structure/settle.js';
import { outlinesOf } from './rules/structure.js';
import { rules } from './rules/index.js';
import { createSpell } from './spacing/spell.js';
import { openSyntaxCheck, type Surrounding, type SyntaxCheck } from '../conflict/syntaxCheck.js';
import {
  primitivePatterns,
  type Candidate,
  type CandidateSource,
  type MergeEvidence,
  type MergeInput,
  type MergeProblem,
  type PrimitivePattern,
  type ThreeWayMerge,
} from '../types.js';

/** Candidates that are handed to a ranker. */
export const MOST_CANDIDATES = 40;

/** Candidates whose syntax is checked, the first ones. */
const MOST_CHECKED = 20;

/** UTF-16 units of candidates that are parsed for one conflict, all together. */
const MOST_PARSED = 100_000;

/**
 * @param syntax without it no candidate is checked
 * @param surroundings how the file around the conflict may look; the lines of context where nothing more is known
 */
export async function poseProblem(
  input: MergeInput,
  syntax?: Syntax,
  signal?: AbortSignal,
  surroundings: readonly Surrounding[] = [input],
): Promise<MergeProblem> {
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
  const candidates = list.take(MOST_CANDIDATES, createSpell(input, input.languageId));
  const check = syntax && (await openSyntaxCheck(syntax, input.languageId, input, surroundings));
  const checked = check === undefined ? candidates : await checkCandidates(candidates, check, signal);
  return {
    input,
    candidates: checked,
    evidence: {
      oursTokens: ours.tokens,
      theirsTokens: theirs.tokens,
      baseTokens: base.tokens,
      lineMerge,
      tokenMerge,
      ...relate(material),
      sidesParse: check?.sides,
    },
  };
}

function relate(material: Material): Pick<MergeEvidence, 'relation' | 'settlement'> {
  const { ours, base, theirs, knowsBase } = material;
  const outlines = knowsBase ? outlinesOf(material) : undefined;
  if (outlines === undefined) return { relation: undefined, settlement: undefined };
  const relation = relateEdits(outlines.ours, outlines.base, outlines.theirs);
  const settlement = settle(outlines, relation);
  const isLost = settlement !== undefined && losesNames(ours.words, base.words, theirs.words);
  return { relation, settlement: isLost ? undefined : settlement };
}

async function checkCandidates(
  candidates: readonly Candidate[],
  check: SyntaxCheck,
  signal: AbortSignal | undefined,
): Promise<Candidate[]> {
  const checked: Candidate[] = [];
  let left = MOST_PARSED;
  try {
    for (const candidate of candidates) {
      signal?.throwIfAborted();
      const isWorth = checked.length < MOST_CHECKED && left > 0;
      left -= candidate.text.length;
      checked.push(isWorth ? { ...candidate, ...(await check.look(candidate.text)) } : candidate);
    }
  } finally {
    check.close();
  }
  return checked;
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
