// A text as words and the white space between them, and where the words of one text stand in another.

import { align } from '../../diff/threeWay.js';
import { tokenize } from '../../diff/tokenize.js';

export interface SpacedWords {
  /** Tokens that are no white space, in their order. */
  readonly words: readonly string[];
  /** The white space in front of each word, and behind the last: one more than words. */
  readonly gaps: readonly string[];
}

/** White space between two words, taken apart where it holds a line end. */
export interface GapParts {
  /** What ends the line above. */
  readonly trail: string;
  /** From the first line end to the last. */
  readonly breaks: string;
  /** What the line below begins with. */
  readonly indent: string;
}

/** Words by which two texts may differ and still be aligned. */
const MOST_DIFFERENT = 600;

export function spacedWordsOf(text: string, languageId: string): SpacedWords {
  const words: string[] = [];
  const gaps: string[] = [''];
  for (const { text: token, kind } of tokenize(text, languageId)) {
    if (kind === 'space' || kind === 'newline') {
      gaps[gaps.length - 1] += token;
    } else {
      words.push(token);
      gaps.push('');
    }
  }
  return { words, gaps };
}

export function textOfWords({ words, gaps }: SpacedWords): string {
  return gaps.map((gap, index) => gap + (words[index] ?? '')).join('');
}

/**
 * For each word its place in the other text, or -1; undefined where the texts are too different to be aligned. Equal lines
 * stand for each other first, then words between them, so that a line that was added is not mixed up with its neighbour.
 */
export function placesIn(from: SpacedWords, to: SpacedWords): Int32Array | undefined {
  const places = new Int32Array(from.words.length).fill(-1);
  const match = (fromStart: number, toStart: number, length: number): void => {
    for (let index = 0; index < length; index++) places[fromStart + index] = toStart + index;
  };
  const fromLines = linesOf(from);
  const toLines = linesOf(to);
  const aligned = align(fromLines.keys, toLines.keys, MOST_DIFFERENT);
  if (aligned === undefined) return undefined;
  for (const stretch of aligned) {
    const [fromStart, fromEnd] = [fromLines.starts[stretch.from.start]!, fromLines.starts[stretch.from.end]!];
    const [toStart, toEnd] = [toLines.starts[stretch.to.start]!, toLines.starts[stretch.to.end]!];
    if (stretch.equal) {
      match(fromStart, toStart, fromEnd - fromStart);
      continue;
    }
    const words = align(from.words.slice(fromStart, fromEnd), to.words.slice(toStart, toEnd), MOST_DIFFERENT);
    if (words === undefined) return undefined;
    for (const { equal, from: found, to: there } of words) {
      if (equal) match(fromStart + found.start, toStart + there.start, found.end - found.start);
    }
  }
  return places;
}

/** What each line says, and where its words begin; the last start is the number of words. */
function linesOf({ words, gaps }: SpacedWords): { readonly keys: string[]; readonly starts: number[] } {
  const starts: number[] = [];
  for (const index of words.keys()) if (index === 0 || gaps[index]!.includes('\n')) starts.push(index);
  const keys = starts.map((start, line) => words.slice(start, starts[line + 1]).join(' '));
  return { keys, starts: [...starts, words.length] };
}

/**
 * Where the gap in front of a word (or behind the last) stands in the other text: only where the words on both sides
 * of it stand there next to each other; -1 elsewhere.
 * @param ends the number of words of both texts
 */
export function gapIn(places: Int32Array, gap: number, ends: { readonly from: number; readonly to: number }): number {
  const left = gap === 0 ? -1 : places[gap - 1]!;
  const right = gap === ends.from ? ends.to : places[gap]!;
  if ((gap > 0 && left === -1) || right === -1) return -1;
  return right === left + 1 ? right : -1;
}

/** @param isFirst whether the gap begins its text, where a line begins without a line end in front of it */
export function partsOfGap(gap: string, isFirst: boolean): GapParts | undefined {
  const first = gap.indexOf('\n');
  if (first === -1) return isFirst ? { trail: '', breaks: '', indent: gap } : undefined;
  const last = gap.lastIndexOf('\n') + 1;
  return isFirst
    ? { trail: '', breaks: gap.slice(0, last), indent: gap.slice(last) }
    : { trail: gap.slice(0, first), breaks: gap.slice(first, last), indent: gap.slice(last) };
}
