// Which stretches of a resolution come from ours, from theirs, from both, from the base alone, or from nowhere. Lines are
// looked up whole; what no side has as a line is looked up word by word.

import { linesOf } from '../diff/material.js';
import { align } from '../diff/threeWay.js';
import { tokenize } from '../diff/tokenize.js';
import type { ConflictTexts, Origin, Piece } from '../types.js';

/** Words of one text that are looked up; of longer ones only the lines are told apart. */
const MOST_WORDS = 3000;

interface Sources {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly base: readonly string[];
}

/** The stretches of a text in their order, without gaps; neighbours have different origins. */
export function piecesOf(text: string, texts: ConflictTexts, languageId: string): Piece[] {
  const lines = linesOf(text);
  const sources: Sources = {
    ours: linesOf(texts.ours),
    theirs: linesOf(texts.theirs),
    base: linesOf(texts.base ?? ''),
  };
  const origins = originsOf(lines.map(keyOf), sources, keyOf);
  const known = new Set(lines.map(keyOf));
  const unknownText = lines.filter((_, index) => origins[index] === 'new').join('');
  const words = wordsOf(unknownText, languageId);
  const left = (side: readonly string[]): string[] =>
    wordsOf(side.filter((line) => !known.has(keyOf(line))).join(''), languageId);
  const wordOrigins =
    words.length > MOST_WORDS
      ? words.map((): Origin => 'new')
      : alignedOrigins(words, { ours: left(sources.ours), theirs: left(sources.theirs), base: left(sources.base) });

  const pieces: Piece[] = [];
  let end = 0;
  let wordIndex = 0;
  const add = (length: number, origin: Origin): void => {
    const last = pieces.at(-1);
    const range = { start: end, end: end + length };
    end += length;
    if (last?.origin === origin) {
      pieces[pieces.length - 1] = { origin, range: { start: last.range.start, end } };
    } else if (length > 0) {
      pieces.push({ origin, range });
    }
  };
  lines.forEach((line, index) => {
    const origin = origins[index]!;
    if (origin !== 'new') {
      add(line.length, origin);
      return;
    }
    for (let rest = line.length; rest > 0; wordIndex++) {
      // A comment or a string may be cut otherwise in the whole text than in its line; a word never crosses a line.
      const word = words[wordIndex] ?? line.slice(-rest);
      const length = Math.min(rest, word.length);
      const isSpace = word.trim() === '';
      add(length, isSpace ? (pieces.at(-1)?.origin ?? wordOrigins[wordIndex + 1] ?? 'new') : wordOrigins[wordIndex]!);
      rest -= length;
    }
  });
  return pieces;
}

function originsOf(keys: readonly string[], sources: Sources, key: (item: string) => string): Origin[] {
  const ours = new Set(sources.ours.map(key));
  const theirs = new Set(sources.theirs.map(key));
  const base = new Set(sources.base.map(key));
  return keys.map((each) => originOf(ours.has(each), theirs.has(each), base.has(each)));
}

function alignedOrigins(words: readonly string[], sources: Sources): Origin[] {
  const found = (source: readonly string[]): boolean[] => {
    const matched = words.map(() => false);
    for (const { equal, from } of align(words, source) ?? []) {
      if (equal) matched.fill(true, from.start, from.end);
    }
    return matched;
  };
  const ours = found(sources.ours);
  const theirs = found(sources.theirs);
  const base = found(sources.base);
  return words.map((_, index) => originOf(ours[index]!, theirs[index]!, base[index]!));
}

function originOf(inOurs: boolean, inTheirs: boolean, inBase: boolean): Origin {
  if (inOurs) return inTheirs ? 'both' : 'ours';
  if (inTheirs) return 'theirs';
  return inBase ? 'base' : 'new';
}

/** A line by what it says; blank lines are all alike. */
function keyOf(line: string): string {
  return line.trim();
}

function wordsOf(text: string, languageId: string): string[] {
  return tokenize(text, languageId).flatMap(({ text: word, kind }) =>
    kind === 'newline' || kind === 'space' ? linesOf(word) : [word],
  );
}
