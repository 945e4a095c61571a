// Where a generated text ends: not later than the block that holds the cursor, nor where it stops being likely, nor in
// the middle of something.

import type { Continuation } from '../../model/index.js';
import { cutContinuation } from './continuation.js';
import { opensBlock, type Extent } from './extent.js';
import { columnsOf } from '../place/indentation.js';
import type { Place } from '../place/place.js';
import { languageOf, lexiconOf, type Lexicon } from '../../languages/index.js';
import { countOpenAbove, openAt } from '../strings/openState.js';
import { scan, type Frame } from '../strings/scan.js';
import { isCutShort, wholePart } from './unfinished.js';

/** Lines after the first are kept while all of the text together is at least this likely. */
const MINIMUM_PROBABILITY = 0.2;

/**
 * Cuts a continuation to an extent. One line stays as it is.
 * @param minimumProbability that the lines have together (0-1)
 */
export function cutLines(
  continuation: Continuation,
  place: Place,
  extent: Extent,
  minimumProbability = MINIMUM_PROBABILITY,
): Continuation {
  const lines = continuation.text.split('\n');
  if (lines.length === 1) return continuation;
  const isUnfinished = isCutShort(continuation);
  const kept = Math.max(1, lines.length - (isUnfinished ? 1 : 0));
  const inBlock = countLinesInBlock(lines.slice(0, kept), place, extent);
  const likely = countLikelyLines(continuation, lines.slice(0, inBlock), minimumProbability);
  const whole = countWholeLines(lines.slice(0, likely), place);
  const cut = cutContinuation(continuation, lines.slice(0, whole).join('\n').length);
  // Where no line end is a good end, what is shown is cut once more.
  return isUnfinished && wholePart(cut.text, place) !== cut.text ? { ...cut, finish: continuation.finish } : cut;
}

/** Lines before the first one that is outside the block, or that closes what the suggestion did not open. */
function countLinesInBlock(lines: readonly string[], place: Place, extent: Extent): number {
  const { linePrefix, indentation } = place;
  const lexicon = lexiconOf(place.document.languageId);
  const isBlank = linePrefix.trim() === '';
  const base = columnsOf(isBlank ? linePrefix + (lines[0] ?? '') : linePrefix, indentation);
  const open = [...openAt(place)];
  const outer = countOpenAbove(place);
  let { isText } = followLine(open, linePrefix, lines[0] ?? '', lexicon, outer);
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.trim() === '' && !isText) {
      if (extent.kind === 'inside') return index;
      continue;
    }
    const columns = columnsOf(line, indentation);
    const wasText = isText;
    const followed = followLine(open, '', line, lexicon, outer);
    ({ isText } = followed);
    if (followed.closedOuter) return index;
    if (!wasText && columns < base) return index;
    const word = wasText ? undefined : wordOfBlock(line, place.document.languageId);
    if (!wasText && !isBlank && columns === base && !followed.closedOwn && word === undefined) return index;
    // What the cursor's line opened is closed: that statement is whole.
    if (!isBlank && columns === base && open.length <= outer && word !== 'branch') return index + 1;
  }
  return lines.length;
}

/** Follows what a line opens and closes, and says whether it closed anything of the lines before the cursor's. */
function followLine(
  open: Frame[],
  linePrefix: string,
  line: string,
  lexicon: Lexicon,
  outer: number,
): { readonly isText: boolean; readonly closedOuter: boolean; readonly closedOwn: boolean } {
  let closedOuter = false;
  let lowest = open.length;
  const before = open.length;
  const whole = `${linePrefix}${line}\n`;
  scan(whole, linePrefix.length, whole.length, open, lexicon, (event) => {
    if (event.type === 'stray') closedOuter = true;
    if (event.type !== 'close' || event.frame.kind === 'soft') return;
    lowest = Math.min(lowest, event.index);
    if (event.index < outer) closedOuter = true;
  });
  const isText = open.slice(outer).some(({ kind }) => kind === 'string' || kind === 'blockComment');
  return { isText, closedOuter, closedOwn: lowest < before };
}

function countLikelyLines(continuation: Continuation, lines: readonly string[], minimumProbability: number): number {
  for (let count = lines.length; count > 1; count--) {
    const { logProbability } = cutContinuation(continuation, lines.slice(0, count).join('\n').length);
    if (Math.exp(logProbability) >= minimumProbability) return count;
  }
  return lines.length === 0 ? 0 : firstWritten(lines);
}

/** The last count of lines after which nothing that they opened is left open; all of them where there is none. */
function countWholeLines(lines: readonly string[], place: Place): number {
  const { languageId } = place.document;
  const outer = countOpenAbove(place);
  for (let count = lines.length; count > 1; count--) {
    if (lines[count - 1]!.trim() === '') continue;
    const open = [...openAt(place)];
    const { isText } = followLine(
      open,
      place.linePrefix,
      lines.slice(0, count).join('\n'),
      lexiconOf(languageId),
      outer,
    );
    const isClosed = open.length <= outer && !isText && !leavesWordOpen(lines.slice(0, count), place);
    if (isClosed && !opensBlock(lines[count - 1]!, languageId)) return count;
  }
  if (isWholeLine(lines[0] ?? '', place)) return Math.min(1, lines.length);
  // An opener may stand alone, but not with a part of its block.
  return lines.length > 1 && leavesWordOpen(lines, place) ? Number(lines[0]!.trim() !== '') : lines.length;
}

/** Whether lines leave a block open that words open and close; where braces do, or columns, nothing is left open by words. */
function leavesWordOpen(lines: readonly string[], { linePrefix, document: { languageId } }: Place): boolean {
  let open = 0;
  for (const [index, part] of lines.entries()) {
    const line = index === 0 ? linePrefix + part : part;
    const word = wordOfBlock(line, languageId);
    if (word === 'end') open--;
    if (word !== 'branch' && isWordStyle(languageId) && opensBlock(line, languageId)) open++;
  }
  return open > 0;
}

/** Whether a line begins with the word that ends a block, or one that parts it in two. */
function wordOfBlock(line: string, languageId: string): 'end' | 'branch' | undefined {
  if (!isWordStyle(languageId)) return undefined;
  if (/^\s*(?:end|until)\b/.test(line)) return 'end';
  return /^\s*(?:else|elsif|elseif|when|in|rescue|ensure)\b/.test(line) ? 'branch' : undefined;
}

function isWordStyle(languageId: string): boolean {
  return languageOf(languageId)?.program?.blockStyle === 'words';
}

function isWholeLine(firstLine: string, { linePrefix, document }: Place): boolean {
  const line = linePrefix + firstLine;
  return firstLine.trim() !== '' && !opensBlock(line, document.languageId);
}

/** Lines up to the first that is not blank. */
function firstWritten(lines: readonly string[]): number {
  return lines.findIndex((line) => line.trim() !== '') + 1 || lines.length;
}
