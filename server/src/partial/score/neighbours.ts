// What the lines above and below say of a completion: whether it stands at their level, and repeats the next one.

import { CommonRuns } from './commonRuns.js';
import type { Completion } from '../types.js';

/** Names of features (programFeatures.ts) that all programs of a line share. */
export const neighbourNames = [
  'isRepeated',
  'alikeBelow',
  'indentBelow',
  'isBlankBelow',
  'indentAbove',
  'isBlankAbove',
] as const;

export interface Neighbours {
  /** In the order of `neighbourNames`. */
  readonly features: readonly number[];
  /** What the completion has in common with the next line that is not blank. */
  readonly below: CommonRuns;
}

/** The rest of the cursor's line, blank lines, and the next one with its indentation. */
const BELOW = /^[^\n]*\n((?:[^\S\n]*\n)*)([^\S\n]*)(\S[^\n]*)/;
/** Characters that are looked at, in either direction; and of a difference between indentations. */
const FARTHEST = 2_000;
const DEEPEST = 20;

export function neighboursOf({ prefix, text, suffix }: Completion): Neighbours {
  const start = prefix.lastIndexOf('\n') + 1;
  const line = prefix.slice(start) + text;
  const [, blank = '', indent = '', next = ''] = BELOW.exec(suffix.slice(0, FARTHEST)) ?? [];
  const before = prefix.slice(Math.max(0, start - FARTHEST), start);
  const above = before.trimEnd();
  const previous = above.slice(above.lastIndexOf('\n') + 1);
  const deeper = (other: number): number => Math.max(-DEEPEST, Math.min(DEEPEST, other - indentOf(line)));
  return {
    features: [
      line.trim() === next.trim() ? 1 : 0,
      new CommonRuns(line, next).share(),
      deeper(indent.length),
      blank === '' ? 0 : 1,
      deeper(indentOf(previous)),
      // The line above ends with one line end.
      before.slice(above.length).split('\n').length > 2 ? 1 : 0,
    ],
    below: new CommonRuns(text, next),
  };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
