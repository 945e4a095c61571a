// What a side did to a file, by lines and words: which stretches it changed, and which name stands where another stood.

import type { OffsetRange } from '../../common/range.js';
import { linesOf } from '../diff/material.js';
import { align } from '../diff/threeWay.js';
import type { WholeText } from '../types.js';
import { LONGEST_FILE } from './changedLines.js';

export interface Replacement {
  readonly renamed: string;
  /** Where the names stand, in UTF-16 units of each text. */
  readonly inBase: number;
  readonly inSide: number;
}

export interface Changes {
  /** Stretches of lines that differ, in the order of the file; the rest is the same. */
  readonly stretches: readonly { readonly base: OffsetRange; readonly side: OffsetRange }[];
  /** Names in whose place another stands, by the name that stood there. */
  readonly replaced: ReadonlyMap<string, readonly Replacement[]>;
}

/** Lines that may be added and removed; versions that are further apart are not laid against each other. */
const MOST_EDITS = 250;

/** Words of a stretch; longer ones are new text. */
const MOST_WORDS = 1200;

/** Words that may be added and removed in a stretch. */
const MOST_CHANGED_WORDS = 80;

/** Replacements of more words than this are no renaming. */
const LONGEST_REPLACEMENT = 6;

const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

const known = new WeakMap<WholeText, Changes | undefined>();

/** The same object each time for a side; undefined where they are too long or too different. */
export function changesOf(base: WholeText, side: WholeText): Changes | undefined {
  if (!known.has(side)) known.set(side, findChanges(base.text, side.text));
  return known.get(side);
}

function findChanges(base: string, side: string): Changes | undefined {
  if (base.length > LONGEST_FILE || side.length > LONGEST_FILE) return undefined;
  const [baseLines, sideLines] = [linesOf(base), linesOf(side)];
  const aligned = align(baseLines, sideLines, MOST_EDITS);
  if (aligned === undefined) return undefined;
  const [inBase, inSide] = [startsOf(baseLines), startsOf(sideLines)];
  const stretches = aligned
    .filter(({ equal }) => !equal)
    .map(({ from, to }) => ({
      base: { start: inBase[from.start]!, end: inBase[from.end]! },
      side: { start: inSide[to.start]!, end: inSide[to.end]! },
    }));
  const replaced = new Map<string, Replacement[]>();
  for (const stretch of stretches) {
    const from = wordsIn(base, stretch.base);
    const to = wordsIn(side, stretch.side);
    if (from.length === 0 || to.length === 0 || from.length + to.length > MOST_WORDS) continue;
    for (const words of align(textsOf(from), textsOf(to), MOST_CHANGED_WORDS) ?? []) {
      const length = words.from.end - words.from.start;
      if (words.equal || length !== words.to.end - words.to.start || length > LONGEST_REPLACEMENT) continue;
      for (let index = 0; index < length; index++) {
        const old = from[words.from.start + index]!;
        const renamed = to[words.to.start + index]!;
        if (old.text === renamed.text || !name.test(old.text) || !name.test(renamed.text)) continue;
        const same = replaced.get(old.text) ?? [];
        same.push({ renamed: renamed.text, inBase: old.at, inSide: renamed.at });
        replaced.set(old.text, same);
      }
    }
  }
  return { stretches, replaced };
}

interface Word {
  readonly text: string;
  readonly at: number;
}

function wordsIn(text: string, { start, end }: OffsetRange): Word[] {
  const part = text.slice(start, end);
  return [...part.matchAll(/[\p{L}\p{N}_$]+|[^\s]/gu)].map((match) => ({ text: match[0], at: start + match.index }));
}

function textsOf(words: readonly Word[]): string[] {
  return words.map(({ text }) => text);
}

/** Where each line begins, and the end of the last. */
function startsOf(lines: readonly string[]): number[] {
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1)! + line.length);
  return starts;
}
