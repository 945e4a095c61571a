// Whether what an author wrote is one of the programs that a partial program stands for.
//
// It is, if the author's text can be cut into the kept pieces and, between them, one filling for each hole, such that
// - pieces and text are equal but for white space (none between two signs is as good as some; between words it counts);
// - every filling is one node of the author's syntax tree or a run of siblings in it, is not empty, and its brackets and
//   quotes are balanced where the grammar does not vouch for that.
// Where the line is cut, the author's text has to begin with what is kept, and may go on as it likes behind a whole token. A
// hole that is the whole line stands for every line. Without a tree of the author's text only the balance is asked.

import type { OffsetRange } from '../../common/range.js';
import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import { piecesAround } from './fill.js';
import type { PartialProgram } from '../types.js';

export interface AuthorsText {
  /** What the author wrote in the completion's place: one line. */
  readonly text: string;
  /** The tree of prefix + text + suffix; undefined where there is none. */
  readonly tree: SyntaxTree | undefined;
  /** Length of the prefix. */
  readonly offset: number;
}

/** @param completion the text that the program's holes lie in */
export function isMember(completion: string, program: PartialProgram, author: AuthorsText): boolean {
  if (program.isEverything) return true;
  const pieces = piecesAround(completion, program.holes).map((piece) => condense(piece).text);
  const condensed = condense(author.text);
  const isCut = program.holes.at(-1)?.isRest === true;
  const fits: Fits = {
    filling: (start, end) => isFilling(author, condensed.rangeOf(start, end)),
    cut: (at) => isBetweenTokens(author, condensed.rangeOf(0, at).end),
  };
  return matches(isCut ? pieces.slice(0, -1) : pieces, isCut, condensed.text, fits);
}

/** What is asked of a way to find the pieces in the condensed text. */
export interface Fits {
  /** Whether a part of it may fill a hole. */
  filling(start: number, end: number): boolean;
  /** Whether a cut may be at a place of it. */
  cut(at: number): boolean;
  /** Whether a piece may stand at a place of it; every piece may where nothing is said. */
  readonly piece?: (index: number, at: number) => boolean;
}

/** Looks for the pieces in the text, in order: the first at its start, and the last at its end unless the text is cut. */
export function matches(pieces: readonly string[], isCut: boolean, text: string, fits: Fits): boolean {
  const [first = '', ...others] = pieces;
  const mayStand = (index: number, at: number): boolean => fits.piece?.(index, at) ?? true;
  if (!text.startsWith(first) || !mayStand(0, 0)) return false;
  if (others.length === 0) return isCut ? fits.cut(first.length) : first === text;
  const known = new Map<string, boolean>();
  /** Whether the pieces from `index` on can be found where a filling begins at `from`. */
  const find = (index: number, from: number): boolean => {
    const key = `${index} ${from}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = search(index, from)));
    return found;
  };
  const search = (index: number, from: number): boolean => {
    const piece = others[index]!;
    const isLast = index === others.length - 1;
    if (isLast && !isCut) {
      const end = text.length - piece.length;
      return end > from && text.endsWith(piece) && mayStand(index + 1, end) && fits.filling(from, end);
    }
    for (let at = text.indexOf(piece, from + 1); at !== -1; at = text.indexOf(piece, at + 1)) {
      const end = at + piece.length;
      const isFound = mayStand(index + 1, at) && fits.filling(from, at);
      if (isFound && (isLast ? fits.cut(end) : find(index + 1, end))) return true;
      if (at === text.length) return false;
    }
    return false;
  };
  return find(0, first.length);
}

/**
 * Whether a range of the author's text is a node or a run of siblings.
 * @param comments that may stand on its sides, and be part of what is there
 */
export function isFilling(author: AuthorsText, range: OffsetRange, comments: readonly OffsetRange[] = []): boolean {
  const { text, tree, offset } = author;
  const inner = trimmed(text, range, comments);
  if (inner.start >= inner.end) return false;
  const filling = text.slice(inner.start, inner.end);
  // Two words without white space between them are one word; where there is a tree, it tells.
  if (tree === undefined) {
    return isBalanced(filling) && !isInsideWord(text, inner.start) && !isInsideWord(text, inner.end);
  }
  const nodes = nodesAt(tree, { start: inner.start + offset, end: inner.end + offset }, (one, other) => {
    const [start, end] = [Math.min(one, other) - offset, Math.max(one, other) - offset];
    if (start === end) return true;
    return start >= 0 && end <= text.length && isBlank(text, { start, end }, comments);
  });
  return nodes.length > 0 && (isBalanced(filling) || !nodes.some(({ hasError }) => hasError));
}

/** Whether there is nothing but white space and comments in a range: the text of a string may begin and end with some. */
function isBlank(text: string, { start, end }: OffsetRange, comments: readonly OffsetRange[]): boolean {
  for (let at = start; at < end; at++) {
    if (/\s/.test(text[at]!)) continue;
    const comment = comments.find((one) => one.start <= at && one.end > at);
    if (comment === undefined) return false;
    at = comment.end - 1;
  }
  return true;
}

/**
 * The node that a range is exactly, or the siblings in a row; none where it is neither.
 * @param isSame whether two places are the same but for what counts for nothing
 */
function nodesAt(
  tree: SyntaxTree,
  range: OffsetRange,
  isSame: (one: number, other: number) => boolean,
): readonly SyntaxNode[] {
  const isRange = (start: number, end: number): boolean => isSame(start, range.start) && isSame(end, range.end);
  let node: SyntaxNode | undefined = tree.nodeAt(range);
  while (node !== undefined) {
    if (isRange(node.range.start, node.range.end)) return [node];
    const inside: readonly SyntaxNode[] = node.children.filter(
      ({ range: { start, end } }) => start < range.end && end > range.start && start < end,
    );
    const [first] = inside;
    if (inside.length > 1) return isRange(first!.range.start, inside.at(-1)!.range.end) ? inside : [];
    node = first;
  }
  return [];
}

/** Whether no token of the author's text reaches across a place. */
export function isBetweenTokens({ text, tree, offset }: AuthorsText, at: number): boolean {
  if (at <= 0 || at >= text.length || /\s/.test(text[at]!) || /\s/.test(text[at - 1]!)) return true;
  if (tree === undefined) return !isInsideWord(text, at);
  return tree.nodeAt({ start: offset + at - 1, end: offset + at + 1 }).children.length > 0;
}

function isInsideWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && isWord(text[at - 1]!) && isWord(text[at]!);
}

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Whether brackets and quotes of a text pair up. An apostrophe between letters is none. */
export function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const quote = open.at(-1);
    const isInString = quote === '"' || quote === "'" || quote === '`';
    if (isInString && char === '\\') at++;
    else if (isInString) {
      if (char === quote) open.pop();
      else if (quote === '`' && text.startsWith('${', at)) {
        open.push('{');
        at++;
      }
    } else if (char === '"' || char === '`') open.push(char);
    else if (char === "'" && !/\w/.test(text[at - 1] ?? '')) open.push(char);
    else if ('([{'.includes(char)) open.push(char);
    else if (char in closers && open.pop() !== closers[char]) return false;
  }
  return open.length === 0;
}

export interface Condensed {
  readonly text: string;
  /** Where a range of the condensed text lies in the original. */
  rangeOf(start: number, end: number): OffsetRange;
}

/**
 * Leaves out white space, but for one blank between two characters of words.
 * @param skipped ranges that are as good as white space, in order
 */
export function condense(text: string, skipped: readonly OffsetRange[] = []): Condensed {
  const kept: number[] = [];
  let condensed = '';
  let spaceAt: number | undefined;
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    while (next < skipped.length && skipped[next]!.end <= at) next++;
    if (/\s/.test(char) || (skipped[next]?.start ?? Infinity) <= at) {
      spaceAt ??= at;
      continue;
    }
    if (spaceAt !== undefined && isWord(char) && condensed !== '' && isWord(condensed.at(-1)!)) {
      condensed += ' ';
      kept.push(spaceAt);
    }
    spaceAt = undefined;
    condensed += char;
    kept.push(at);
  }
  return {
    text: condensed,
    rangeOf: (start, end) => ({ start: kept[start] ?? text.length, end: end > 0 ? (kept[end - 1] ?? 0) + 1 : 0 }),
  };
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(char) || char.charCodeAt(0) >= 0xd800;
}

/** Without the white space and the comments on its sides. */
function trimmed(text: string, { start, end }: OffsetRange, comments: readonly OffsetRange[]): OffsetRange {
  const isBlankAt = (at: number): boolean =>
    /\s/.test(text[at]!) || comments.some((comment) => comment.start <= at && comment.end > at);
  let [from, to] = [start, end];
  while (from < to && isBlankAt(from)) from++;
  while (to > from && isBlankAt(to - 1)) to--;
  return { start: from, end: to };
}
