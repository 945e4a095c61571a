// Which part of a document the model reads. The edges are sticky: the model keeps the computed prompt as far as its
// tokens stay the same, and a window that slid with every keystroke would throw all of it away.

import type { OffsetRange } from '../../common/range.js';

/** A part of a document around the cursor, and what is needed to find it again in the document's next version. */
export interface Window {
  /** Offset at which the text before the cursor begins. */
  readonly prefixStart: number;
  /** What follows the cursor's line, without the line end in front of it. Empty on the last line. */
  readonly suffix: OffsetRange;
  /** The text at `prefixStart`, by which the same start is recognised later. */
  readonly anchor: string;
  readonly suffixText: string;
}

/** UTF-16 code units read before and after the cursor when nothing is remembered. */
const PREFIX_LENGTH = 1600;
const SUFFIX_LENGTH = 600;

/** A remembered start is kept while the text before the cursor stays between these lengths. */
const SHORTEST_PREFIX = 1000;
const LONGEST_PREFIX = 2400;

/** A line longer than this is taken to end here, so that a file of one line costs no more than any other. */
const LONGEST_LINE = 2000;

const ANCHOR_LENGTH = 120;

/**
 * Chooses what the model reads. Without `previous` the choice depends on text and offset alone: up to 1,600 code units
 * before the cursor, from a line's start, and up to 600 after its line, to a line's end.
 */
export function chooseWindow(text: string, offset: number, previous?: Window): Window {
  const prefixStart =
    (previous && findPreviousStart(text, offset, previous)) ?? lineStartAfter(text, offset - PREFIX_LENGTH, offset);
  const suffix = chooseSuffix(text, offset, previous);
  return {
    prefixStart,
    suffix,
    anchor: text.slice(prefixStart, Math.min(prefixStart + ANCHOR_LENGTH, offset)),
    suffixText: text.slice(suffix.start, suffix.end),
  };
}

/** The offset of the end of the line that holds an offset: of its line end, or of the text's. */
export function endOfLine(text: string, offset: number): number {
  const near = text.slice(offset, offset + LONGEST_LINE);
  const end = near.search(/[\r\n]/);
  return offset + (end === -1 ? near.length : end);
}

function findPreviousStart(text: string, offset: number, previous: Window): number | undefined {
  const { prefixStart, anchor } = previous;
  if (prefixStart === 0) return offset <= LONGEST_PREFIX ? 0 : undefined;
  const earliest = Math.max(0, offset - LONGEST_PREFIX);
  const latest = offset - SHORTEST_PREFIX;
  if (prefixStart >= earliest && prefixStart <= latest && text.startsWith(anchor, prefixStart)) return prefixStart;
  // An edit above the window, such as an added import, moves the start but leaves its text as it was.
  const moved = anchor === '' ? -1 : text.slice(earliest, offset).indexOf(anchor);
  if (moved === -1 || earliest + moved > latest) return undefined;
  return isLineStart(text, earliest + moved) ? earliest + moved : undefined;
}

function chooseSuffix(text: string, offset: number, previous: Window | undefined): OffsetRange {
  const lineEnd = endOfLine(text, offset);
  const lineEndLength = text.startsWith('\r\n', lineEnd) ? 2 : /[\r\n]/.test(text[lineEnd] ?? '') ? 1 : 0;
  const start = lineEndLength === 0 ? text.length : lineEnd + lineEndLength;
  const fresh = { start, end: lineEndBefore(text, start, start + SUFFIX_LENGTH) };
  if (previous === undefined) return fresh;
  const { suffixText } = previous;
  const isLongEnough = 2 * suffixText.length >= fresh.end - fresh.start && suffixText !== '';
  return isLongEnough && text.startsWith(suffixText, start) ? { start, end: start + suffixText.length } : fresh;
}

/** The first line start at or after an offset; the offset itself where no line starts before `end`. */
function lineStartAfter(text: string, from: number, end: number): number {
  if (from <= 0) return 0;
  if (isLineStart(text, from)) return from;
  const newline = text.slice(from, end).indexOf('\n');
  return newline === -1 ? notInsidePair(text, from) : from + newline + 1;
}

/** The last line end between two offsets; the second one where there is none. */
function lineEndBefore(text: string, start: number, end: number): number {
  if (end >= text.length) return text.length;
  const newline = text.slice(start, end + 1).lastIndexOf('\n');
  if (newline <= 0) return notInsidePair(text, end);
  return start + newline - (text[start + newline - 1] === '\r' ? 1 : 0);
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

/** Moves an offset that would cut a surrogate pair in two to behind it. */
function notInsidePair(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}
