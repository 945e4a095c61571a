// A text as words and the white space between them, and where the words of one text stand in another.

import { align } from '../threeWay.js';
import { tokenize } from '../tokenize.js';

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

/** For each word its place in the other text, or -1; undefined where the texts are too different to be aligned. */
export function placesIn(from: SpacedWords, to: SpacedWords): Int32Array | undefined {
  const places = new Int32Array(from.words.length).fill(-1);
  for (const stretch of align(from.words, to.words, MOST_DIFFERENT) ?? [undefined]) {
    if (stretch === undefined) return undefined;
    if (!stretch.equal) continue;
    for (let index = stretch.from.start; index < stretch.from.end; index++) {
      places[index] = stretch.to.start + index - stretch.from.start;
    }
  }
  return places;
}

/** The same correspondence from the other text's words, of which there are `length`. */
export function inverted(places: Int32Array, length: number): Int32Array {
  const inverse = new Int32Array(length).fill(-1);
  places.forEach((place, index) => {
    if (place !== -1) inverse[place] = index;
  });
  return inverse;
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
