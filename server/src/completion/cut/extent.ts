// One line or several? Several only where a block is being written, so that a suggestion is a whole thing: the body of
// an empty block, or the next statements in one. How many of them come is left to their probability.

import { languageOf } from '../../languages/index.js';
import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import { openAfter } from './brackets.js';
import { columnsOf } from '../place/indentation.js';
import type { Place } from '../place/place.js';
import type { CompletionSettings } from '../types.js';

export interface Extent {
  /** The rest of a line, all of an empty block's body, or some statements inside a block. */
  readonly kind: 'line' | 'body' | 'inside';
  /** What the model is asked for: decoding ends before this many newlines. */
  readonly maximumLines: number;
  /** Decoding ends at the first line end after which a line is less likely than this. */
  readonly minimumLineProbability?: number;
}

/** More lines than these are not read before they are accepted; a number in the settings may ask for more. */
const MOST_LINES = 10;

const MINIMUM_LINE_PROBABILITY = 0.5;

export function mostLines(lines: CompletionSettings['lines']): number {
  return lines === 'auto' ? MOST_LINES : Math.max(1, Math.trunc(lines));
}

export const oneLine: Extent = { kind: 'line', maximumLines: 1 };

/** Whether the extent may depend on the syntax tree: parsing is spared where a line is being written. */
export function needsTree(place: Place, lines: CompletionSettings['lines']): boolean {
  return lines !== 1 && place.linePrefix.trim() === '' && place.rest.trim() === '';
}

/** @param tree of the document's text, where there is one; without it indentation and brackets decide */
export function chooseExtent(place: Place, lines: CompletionSettings['lines'], tree: SyntaxTree | undefined): Extent {
  const most = mostLines(lines);
  // Ghost text of several lines in front of the rest of a line cannot be read.
  if (most === 1 || place.rest.trim() !== '') return oneLine;
  const isBlank = place.linePrefix.trim() === '';
  const kind = isBlank
    ? ((tree && kindFromTree(place, tree)) ?? kindFromLines(place))
    : /[{:]\s*$/.test(place.linePrefix) &&
        opensBlock(place.linePrefix, place.document.languageId) &&
        !isIndentedBelow(place, columnsOfLine(place))
      ? 'body'
      : 'line';
  if (kind === 'line') return oneLine;
  // Behind an opener the first newline only ends the opener's own line.
  return severalLines(kind, isBlank ? most : most + 1);
}

export function severalLines(kind: 'body' | 'inside', maximumLines: number): Extent {
  return { kind, maximumLines, minimumLineProbability: MINIMUM_LINE_PROBABILITY };
}

/** Whether a line ends by opening something that the next lines fill. */
export function opensBlock(line: string, languageId: string): boolean {
  const traits = languageOf(languageId)?.program;
  const state = openAfter(line, languageId);
  if (state.strings.length > 0) return false;
  const code = traits === undefined ? line : line.replace(commentAtEnd(traits.lineComment), '');
  if (state.brackets.length > 0 && /[{([]\s*$/.test(code)) return true;
  if (traits?.blockHead?.test(code.trimEnd()) === true) return true;
  return (traits === undefined || traits.blockStyle === 'colon') && state.brackets.length === 0 && /:\s*$/.test(code);
}

function commentAtEnd(lineComment: string): RegExp {
  return new RegExp(`\\s${lineComment.replace(/[/*]/g, '\\$&')}.*$`);
}

/** Undefined where the tree does not tell, such as inside an error. */
function kindFromTree(place: Place, tree: SyntaxTree): Extent['kind'] | undefined {
  const traits = languageOf(tree.languageId)?.program;
  const cursor = place.range.start;
  let node: SyntaxNode | undefined = traits && tree.nodeAt({ start: cursor, end: cursor });
  for (; node !== undefined; node = node.parent) {
    const isAround = node.range.start < cursor && node.range.end > cursor;
    if (isAround && (traits?.strings.has(node.type) || traits?.comments.has(node.type))) return 'line';
    if (isAround && traits?.blocks.has(node.type)) {
      const isEmpty = node.children.every((child) => !child.named || traits.comments.has(child.type));
      return isEmpty && !node.hasError ? 'body' : kindFromLines(place) === 'body' ? 'body' : 'inside';
    }
    if (node.isError) return undefined;
  }
  return undefined;
}

function kindFromLines(place: Place): Extent['kind'] {
  const previous = lastLine(place.prefix.slice(0, place.prefix.length - place.linePrefix.length));
  if (previous !== undefined && opensBlock(previous, place.document.languageId)) {
    return isIndentedBelow(place, columnsOf(previous, place.indentation)) ? 'inside' : 'body';
  }
  return columnsOfLine(place) > 0 ? 'inside' : 'line';
}

/** Whether the next line that is not blank is indented deeper than so many columns. */
function isIndentedBelow(place: Place, columns: number): boolean {
  const next = place.suffix.split('\n').find((line) => line.trim() !== '');
  return next !== undefined && columnsOf(next, place.indentation) > columns;
}

function columnsOfLine(place: Place): number {
  return columnsOf(place.linePrefix, place.indentation);
}

function lastLine(text: string): string | undefined {
  return text.split('\n').findLast((line) => line.trim() !== '');
}
