// The place of a request as all later steps see it: the text around the cursor with line ends \n, and how to write
// into the document there.

import type { DocumentSnapshot } from '../../common/document.js';
import type { OffsetRange } from '../../common/range.js';
import { embeddedAt, languageOf, only } from '../../languages/index.js';
import { detectIndentation, type Indentation } from './indentation.js';
import { chooseWindow, endOfLine, type Window } from './window.js';

export interface Place {
  /**
   * The document as the language at the cursor sees it: where that stands in a file of another language, the rest of the
   * file is blank here.
   */
  readonly document: DocumentSnapshot;
  /** The document as it is. */
  readonly whole: DocumentSnapshot;
  readonly window: Window;
  /** What a suggestion replaces: nothing at the cursor, or the range of the list's selected item. */
  readonly range: OffsetRange;
  /** Text that is taken to stand in place of `range` already; every suggestion begins with it. */
  readonly inserted: string;
  /** The window's text before the cursor, `inserted` included. */
  readonly prefix: string;
  /** The cursor's line up to the cursor, as far as the window holds it. */
  readonly linePrefix: string;
  /** The cursor's line from the cursor on. */
  readonly rest: string;
  /** The window's text after the cursor's line. */
  readonly suffix: string;
  readonly lineEnd: '\n' | '\r\n';
  readonly indentation: Indentation;
}

/** A text that is looked at as if it stood in place of a range of the document. */
export interface Insertion {
  readonly range: OffsetRange;
  readonly text: string;
}

/** Reads a bounded part of the document only, however long it is. */
export function locate(document: DocumentSnapshot, offset: number, previous?: Window, insertion?: Insertion): Place {
  const { text } = document;
  const cursor = beforePair(text, Math.max(0, Math.min(offset, text.length)));
  const range = insertion?.range ?? { start: cursor, end: cursor };
  const inserted = insertion?.text ?? '';
  const restStart = range.end;
  const window = chooseWindow(text, restStart, previous);
  const rawPrefix = text.slice(window.prefixStart, range.start);
  const prefix = unifyLineEnds(rawPrefix + inserted);
  const suffix = unifyLineEnds(window.suffixText);
  return {
    document: asSeenAt(document, cursor),
    whole: document,
    window,
    range,
    inserted,
    prefix,
    linePrefix: prefix.slice(prefix.lastIndexOf('\n') + 1),
    rest: text.slice(restStart, endOfLine(text, restStart)),
    suffix,
    lineEnd:
      /\r\n/.test(rawPrefix) || (!rawPrefix.includes('\n') && text.slice(restStart, window.suffix.end).includes('\r\n'))
        ? '\r\n'
        : '\n',
    indentation: detectIndentation(prefix, suffix),
  };
}

/** A document in the language that stands at an offset. */
function asSeenAt(document: DocumentSnapshot, offset: number): DocumentSnapshot {
  const language = languageOf(document.languageId);
  const embedded = language && embeddedAt(language, document.text, offset);
  if (embedded === undefined) return document;
  return { ...document, languageId: embedded.languageId, text: only(document.text, embedded.ranges) };
}

/** An offset that would cut a character in two is taken to stand in front of it. */
function beforePair(text: string, offset: number): number {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

/** Line ends as the model knows them. */
export function unifyLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
