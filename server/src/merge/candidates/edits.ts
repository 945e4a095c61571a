// The edits that a side made to the base, each with the words around it, and where else such an edit would fit.

import { align } from '../diff/threeWay.js';

/** A word or a line end, with the white space behind it. */
export interface Unit {
  /** The word, or `\n`. */
  readonly key: string;
  readonly text: string;
}

export interface WordEdit {
  /** In the base's units. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly inserted: readonly Unit[];
}

/** How much of its surroundings an edit must find again, in units to the left and to the right. */
export interface Surroundings {
  readonly left: number;
  readonly right: number;
  /** Whether any name stands for any other. */
  readonly anyName: boolean;
}

/** Longer edits are no habit that could show elsewhere. */
const LONGEST_EDIT = 10;

/** @param words words with the white space behind them */
export function unitsOf(words: readonly string[]): Unit[] {
  return words.flatMap((text) => {
    const key = text.trimEnd();
    const newline = text.indexOf('\n', key.length);
    if (newline === -1) return [{ key, text }];
    const line = { key: '\n', text: text.slice(newline) };
    return key === '' ? [line] : [{ key, text: text.slice(0, newline) }, line];
  });
}

/** The edits inside lines; undefined where the side is too far from the base. */
export function editsOf(base: readonly Unit[], side: readonly Unit[]): WordEdit[] | undefined {
  const aligned = align(
    base.map(({ key }) => key),
    side.map(({ key }) => key),
  );
  return aligned
    ?.filter(({ equal }) => !equal)
    .map(({ from, to }) => ({
      at: from.start,
      removed: base.slice(from.start, from.end).map(({ key }) => key),
      inserted: side.slice(to.start, to.end),
    }))
    .filter(
      ({ removed, inserted }) =>
        removed.length + inserted.length <= LONGEST_EDIT &&
        !removed.includes('\n') &&
        !inserted.some(({ key }) => key === '\n'),
    );
}

/** Whether the edit, which was made at a place of the base, would fit at a place of other units. */
export function fitsAt(
  edit: WordEdit,
  base: readonly Unit[],
  units: readonly Unit[],
  place: number,
  { left, right, anyName }: Surroundings,
): boolean {
  const { at, removed } = edit;
  if (removed.some((key, index) => units[place + index]?.key !== key)) return false;
  const isSame = (inBase: number, inUnits: number): boolean => {
    const expected = base[inBase]?.key ?? '\n';
    const found = units[inUnits]?.key ?? '\n';
    return expected === found || (anyName && isName(expected) && isName(found));
  };
  for (let distance = 1; distance <= left; distance++) if (!isSame(at - distance, place - distance)) return false;
  for (let distance = 0; distance < right; distance++) {
    if (!isSame(at + removed.length + distance, place + removed.length + distance)) return false;
  }
  return true;
}

export function isName(word: string): boolean {
  return /^[\p{L}_$]/u.test(word);
}
