// Turns continuations at a hole into fillings: each is cut where the subtree or run that begins with it ends, so that what
// follows the hole still fits behind it.

import type { OffsetRange } from '../common/range.js';
import type { Syntax } from '../syntax/index.js';
import { isBalanced } from './membership.js';
import type { Completion, PartialToken } from './types.js';

export interface Filling {
  readonly text: string;
  /** Probability (0-1) of its tokens; those of one hole sum to at most 1, since no two begin with the same token. */
  readonly probability: number;
}

const MOST = 5;

interface Continued {
  readonly text: string;
  readonly tokens: readonly PartialToken[];
}

/** @param hole range of what the hole replaces */
export async function fillingsOf(
  completion: Completion,
  hole: OffsetRange,
  continuations: readonly Continued[],
  syntax: Syntax,
): Promise<readonly Filling[]> {
  const found = new Map<string, number>();
  for (const continued of continuations) {
    const text = await cutToHole(completion, hole, continued.text, syntax);
    if (text === undefined) continue;
    const start = continued.text.indexOf(text);
    const end = start + text.length;
    const logProbability = continued.tokens
      .filter((token) => token.start < end && token.end > 0)
      .reduce((sum, token) => sum + token.logProbability, 0);
    found.set(text, (found.get(text) ?? 0) + Math.exp(logProbability));
  }
  return [...found]
    .map(([text, probability]) => ({ text, probability }))
    .sort((a, b) => namesKnown(b.text, completion) - namesKnown(a.text, completion) || b.probability - a.probability)
    .slice(0, MOST);
}

/** The longest beginning that a balanced subtree ends with, such that what follows the hole stands behind it. */
async function cutToHole(
  { languageId, prefix, text, suffix }: Completion,
  hole: OffsetRange,
  continued: string,
  syntax: Syntax,
): Promise<string | undefined> {
  const after = text.slice(hole.end);
  const lead = continued.length - continued.trimStart().length;
  const sign = after.trimStart().slice(0, 1);
  for (const end of endsBefore(continued, sign)) {
    const filling = continued.slice(lead, end).trimEnd();
    if (filling === '' || !isBalanced(filling)) continue;
    if (!syntax.supports(languageId)) return filling;
    const before = prefix + text.slice(0, hole.start);
    const tree = await syntax.parse(languageId, before + filling + after + suffix);
    if (tree === undefined) return filling;
    try {
      const range = { start: before.length, end: before.length + filling.length };
      if (tree.countErrors({ start: range.start, end: range.end + after.length }) === 0) return filling;
    } finally {
      tree.delete();
    }
  }
  return undefined;
}

/** Where the sign that follows the hole comes in the continuation, and its end where there is no such sign. */
function endsBefore(continued: string, sign: string): readonly number[] {
  if (sign === '') return [continued.length];
  const ends: number[] = [];
  for (let at = continued.indexOf(sign); at !== -1; at = continued.indexOf(sign, at + 1)) ends.push(at);
  return ends.length > 0 ? ends : [continued.length];
}

/** 1 where every name of a filling is known around the cursor, which is where names in scope stand; else 0. */
function namesKnown(filling: string, { prefix, suffix }: Completion): number {
  const names = filling.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  const around = `${prefix.slice(-6_000)}\n${suffix.slice(0, 2_000)}`;
  return names.every((name) => around.includes(name)) ? 1 : 0;
}
