// Turns continuations at a hole into fillings: each is cut where the subtree or run that begins with it ends, so that what
// follows the hole still fits behind it.

import type { OffsetRange } from '../../common/range.js';
import type { Continuation } from '../../model/index.js';
import type { Syntax } from '../../syntax/index.js';
import { isBalanced } from '../tree/membership.js';
import type { Completion } from '../types.js';

export interface Filling {
  readonly text: string;
  /** Probability (0-1) of its tokens; those of one hole sum to at most 1, since no two begin with the same token. */
  readonly probability: number;
}

const MOST = 5;

/**
 * @param hole range in the completion's text of what the hole replaces
 * @param key under which the room `syntax` keeps the tree that the next parse begins with
 */
export async function fillingsOf(
  completion: Completion,
  hole: OffsetRange,
  continuations: readonly Continuation[],
  syntax: Syntax,
  key?: string,
): Promise<readonly Filling[]> {
  const found = new Map<string, number>();
  const errors = await errorsIn(completion, completion.text, syntax, key);
  for (const continued of continuations) {
    const text = await cutToHole(completion, hole, continued, syntax, errors, key);
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

/**
 * The longest beginning that a balanced subtree ends with, such that what follows the hole stands behind it.
 * @param errors of the completion as it is: a line that is cut has some, and a filling must not add to them
 */
async function cutToHole(
  completion: Completion,
  hole: OffsetRange,
  continued: Continuation,
  syntax: Syntax,
  errors: number,
  key: string | undefined,
): Promise<string | undefined> {
  const { text } = completion;
  const after = text.slice(hole.end);
  const lead = continued.text.length - continued.text.trimStart().length;
  for (const end of endsBefore(continued, signBehind(after))) {
    const filling = continued.text.slice(lead, end).trimEnd();
    if (filling === '' || !isBalanced(filling)) continue;
    const filled = text.slice(0, hole.start) + filling + after;
    if ((await errorsIn(completion, filled, syntax, key)) <= errors) return filling;
  }
  return undefined;
}

/** Errors of the tree in a line that stands in the completion's place; 0 where there is no tree. */
async function errorsIn(
  { languageId, prefix, suffix }: Completion,
  line: string,
  syntax: Syntax,
  key: string | undefined,
): Promise<number> {
  if (!syntax.supports(languageId)) return 0;
  const tree = await syntax.parse(languageId, prefix + line + suffix, key);
  if (tree === undefined) return 0;
  try {
    return tree.countErrors({ start: prefix.length, end: prefix.length + line.length });
  } finally {
    tree.delete();
  }
}

/** What follows a hole on its line, and so ends what fills it: a word, or a single sign; empty where nothing does. */
export function signBehind(line: string): string {
  return /^\s*([\p{L}\p{N}_$]+|[^]?)/u.exec(line)![1]!;
}

export function isWord(sign: string): boolean {
  return /^[\p{L}\p{N}_$]/u.test(sign);
}

/**
 * Where the sign that follows the hole comes in the continuation, a word as a whole; and its end where it ends without that
 * sign and the model wrote it to its end, as opposed to being stopped by a bound. In front of a word, that is another line.
 */
function endsBefore({ text, finish }: Continuation, sign: string): readonly number[] {
  const whole = (finish === 'lines' || finish === 'endOfText') && !isWord(sign) ? [text.length] : [];
  if (sign === '') return whole;
  const isWhole = (at: number): boolean => !isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + sign.length));
  const ends: number[] = [];
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) {
    if (!isWord(sign) || isWhole(at)) ends.push(at);
  }
  return ends.length > 0 ? ends : whole;
}

/** 1 where every name of a filling is known around the cursor, which is where names in scope stand; else 0. */
function namesKnown(filling: string, { prefix, suffix }: Completion): number {
  const names = filling.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  const around = `${prefix.slice(-6_000)}\n${suffix.slice(0, 2_000)}`;
  return names.every((name) => around.includes(name)) ? 1 : 0;
}
