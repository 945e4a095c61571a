// Where a generated text ends: not later than the block that holds the cursor, nor where it stops being likely, nor in
// the middle of something.

import { languageTraits, type LanguageTraits } from '../syntax/index.js';
import type { Continuation } from '../model/index.js';
import { closerOf, openAfter, openerOf, walkCode, type OpenString } from './brackets.js';
import { cutContinuation } from './continuation.js';
import { opensBlock, type Extent } from './extent.js';
import { columnsOf } from './indentation.js';
import type { Place } from './place.js';

/** Lines after the first are kept while all of the text together is at least this likely. */
const MINIMUM_PROBABILITY = 0.2;

/** Cuts a continuation to an extent. One line stays as it is. */
export function cutLines(continuation: Continuation, place: Place, extent: Extent): Continuation {
  const lines = continuation.text.split('\n');
  if (lines.length === 1) return continuation;
  const isUnfinished = ['tokens', 'time', 'repetition'].includes(continuation.finish);
  const kept = Math.max(1, lines.length - (isUnfinished ? 1 : 0));
  const inBlock = countLinesInBlock(lines.slice(0, kept), place, extent);
  const likely = countLikelyLines(continuation, lines.slice(0, inBlock));
  const whole = countWholeLines(lines.slice(0, likely), place);
  return cutContinuation(continuation, lines.slice(0, whole).join('\n').length);
}

/** Lines before the first one that is outside the block, or that closes what the suggestion did not open. */
function countLinesInBlock(lines: readonly string[], place: Place, extent: Extent): number {
  const { linePrefix, indentation } = place;
  const traits = languageTraits(place.document.languageId);
  const isBlank = linePrefix.trim() === '';
  const base = columnsOf(isBlank ? linePrefix + (lines[0] ?? '') : linePrefix, indentation);
  const open = [...openAfter(linePrefix, traits).brackets];
  let { strings } = followBrackets(open, lines[0] ?? '', traits, openAfter(linePrefix, traits).strings);
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.trim() === '' && strings.length === 0) {
      if (extent.kind === 'inside') return index;
      continue;
    }
    const columns = columnsOf(line, indentation);
    const followed = followBrackets(open, line, traits, strings);
    if (followed.closedOuter) return index;
    if (strings.length === 0 && columns < base) return index;
    if (strings.length === 0 && !isBlank && columns === base && !followed.closedOwn) return index;
    // What the cursor's line opened is closed: that statement is whole.
    if (!isBlank && columns === base && open.length === 0) return index + 1;
    ({ strings } = followed);
  }
  return lines.length;
}

/** Follows the brackets of a line on a stack of open ones, and says whether it closed any that were open before it. */
function followBrackets(
  open: string[],
  line: string,
  traits: LanguageTraits | undefined,
  outer: readonly OpenString[],
): { readonly strings: readonly OpenString[]; readonly closedOuter: boolean; readonly closedOwn: boolean } {
  let closedOuter = false;
  let lowest = open.length;
  const before = open.length;
  const strings = walkCode(`${line}\n`, traits, outer, (char, _at, closesOuter) => {
    if (closesOuter) return undefined;
    if (char in closerOf) open.push(char);
    else if (char in openerOf) {
      if (open.at(-1) === openerOf[char]) {
        open.pop();
        lowest = Math.min(lowest, open.length);
      } else closedOuter = true;
    }
    return undefined;
  });
  return { strings, closedOuter, closedOwn: lowest < before };
}

function countLikelyLines(continuation: Continuation, lines: readonly string[]): number {
  for (let count = lines.length; count > 1; count--) {
    const { logProbability } = cutContinuation(continuation, lines.slice(0, count).join('\n').length);
    if (Math.exp(logProbability) >= MINIMUM_PROBABILITY) return count;
  }
  return lines.length === 0 ? 0 : firstWritten(lines);
}

/** The last count of lines after which nothing that they opened is left open; all of them where there is none. */
function countWholeLines(lines: readonly string[], place: Place): number {
  const { languageId } = place.document;
  const traits = languageTraits(languageId);
  const outer = openAfter(place.linePrefix, traits);
  for (let count = lines.length; count > 1; count--) {
    if (lines[count - 1]!.trim() === '') continue;
    const open: string[] = [...outer.brackets];
    const { strings } = followBrackets(open, lines.slice(0, count).join('\n'), traits, outer.strings);
    if (open.length === 0 && strings.length === 0 && !opensBlock(lines[count - 1]!, languageId)) return count;
  }
  return isWhole(lines[0] ?? '', place) ? Math.min(1, lines.length) : lines.length;
}

function isWhole(firstLine: string, { linePrefix, document }: Place): boolean {
  const line = linePrefix + firstLine;
  return firstLine.trim() !== '' && !opensBlock(line, document.languageId);
}

/** Lines up to the first that is not blank. */
function firstWritten(lines: readonly string[]): number {
  return lines.findIndex((line) => line.trim() !== '') + 1 || lines.length;
}
