import { columnsOf, indentOf, indentsBy, leadingSpace } from '../place/indentation.js';
import { opensBlock } from '../cut/extent.js';
import { lexiconOf } from '../../languages/index.js';
import type { Place } from '../place/place.js';
import { openAt } from '../strings/openState.js';
import { scan } from '../strings/scan.js';
import type { Filter } from './filter.js';

/**
 * White space that the cursor's line has already is not written again, a line that goes deeper than the line above
 * allows is moved back with all that follows it, and levels are as wide as the document's, in its tabs or spaces.
 */
export const wrongIndentation: Filter = (text, { place, isTypedAlong }) => {
  if (place.linePrefix.trim() !== '') return afterText(text, place);
  const lines = text.split('\n');
  let indented = place.linePrefix + lines[0];
  // On a blank line, blank lines in front would only move the suggestion away from the cursor. The line that takes
  // their place has its indentation whole.
  while (!isTypedAlong && lines.length > 1 && lines[0]!.trim() === '') {
    lines.shift();
    indented = lines[0]!;
  }
  const written = [indented, ...lines.slice(1)];
  const [, ...others] = withLevelsOfDocument(written, place);
  const columns = columnsOf(indented, place.indentation);
  // A line that begins with an operator goes on with the one above.
  const surplus = /^\s*[.?:&|+*=-]/.test(indented) ? 0 : Math.max(0, columns - deepestColumns(place));
  const there = columnsOf(place.linePrefix, place.indentation);
  const first = indentOf(Math.max(0, columns - surplus - there), place.indentation) + indented.trimStart();
  return [first, ...shifted(others, surplus, written, place)].join('\n');
};

/** Behind code the first line stays, but for a space that is there already. */
function afterText(text: string, place: Place): string {
  const [first = '', ...generated] = text.split('\n');
  const written = [place.linePrefix + first, ...generated];
  const others = withLevelsOfDocument(written, place).slice(1);
  const isDoubled = /\S[ \t]$/.test(place.linePrefix) && /^ \S/.test(first);
  return [isDoubled ? first.slice(1) : first, ...shifted(others, 0, written, place)].join('\n');
}

/** The lines below the first; those that begin inside a string stay as they were written. */
function shifted(others: readonly string[], surplus: number, written: readonly string[], place: Place): string[] {
  const inStrings = beginInStrings(written, place);
  return others.map((line, index) =>
    inStrings[index + 1] === true ? written[index + 1]! : shift(line, surplus, place),
  );
}

/** Which lines begin inside a string: white space there is text, but that of a documentation is not. */
function beginInStrings(written: readonly string[], place: Place): readonly boolean[] {
  const lexicon = lexiconOf(place.document.languageId);
  const open = [...openAt(place)];
  const begun = place.linePrefix.trim() === '' ? 0 : place.linePrefix.length;
  return written.map((line, index) => {
    const isInside = open.some(({ kind, open: sign }) => kind === 'string' && !/^\w*(?:"{3}|'{3})/.test(sign));
    scan(`${line}\n`, index === 0 ? begun : 0, line.length + 1, open, lexicon, () => undefined);
    return index > 0 && isInside;
  });
}

function shift(line: string, surplus: number, place: Place): string {
  if (line.trim() === '') return '';
  const columns = columnsOf(line, place.indentation);
  // Alignment below a bracket is neither tabs nor whole levels: it stays as it was generated.
  const { tabs } = place.indentation;
  if (surplus === 0 && (tabs === undefined || tabs === leadingSpace(line).includes('\t'))) return line;
  if (!place.indentation.tabs || columns % place.indentation.width === 0) {
    return indentOf(columns - surplus, place.indentation) + line.trimStart();
  }
  return line;
}

/** How deep a level may be for it to be one. */
const LEVELS = [2, 8] as const;

/** A block that the text opens, indented by another habit than the document's, gets the document's levels. */
function withLevelsOfDocument(lines: readonly string[], place: Place): readonly string[] {
  const { indentation, document } = place;
  const { tabs, width } = indentation;
  if (tabs === undefined) return lines;
  const columns = lines.map((line) => columnsOf(line, indentation));
  // Strings of several lines are not code.
  if (lines.some((line) => /"""|'''|r#+"|<<[-~]?["']?\w+/.test(line))) return lines;
  const opener = lines.findIndex((line, index) => {
    const next = lines[index + 1] ?? '';
    return (
      next.trim() !== '' &&
      columns[index + 1]! > columns[index]! &&
      !/[([,&|+]\s*$/.test(line) &&
      opensBody(line, document.languageId)
    );
  });
  if (opener === -1) return lines;
  const step = columns[opener + 1]! - columns[opener]!;
  if (
    step === width ||
    step < LEVELS[0] ||
    step > LEVELS[1] ||
    lines.slice(opener + 1).some((line) => line.startsWith('\t'))
  ) {
    return lines;
  }
  // A step that the document knows too may be a continuation, or its own habit in another part of it.
  if (indentsBy(`${place.prefix}\n${place.suffix}`, step, indentation)) return lines;
  const base = columns[opener]!;
  return lines.map((line, index) => {
    const deeper = columns[index]! - base;
    // What is no whole number of levels deeper is aligned with something.
    if (index <= opener || line.trim() === '' || deeper <= 0 || deeper % step !== 0) return line;
    return indentOf(base + (deeper / step) * width, indentation) + line.trimStart();
  });
}

/** Words with which lines open blocks in languages that use no brackets for it. */
function opensBody(line: string, languageId: string): boolean {
  return (
    opensBlock(line, languageId) ||
    /(?:\b(?:do|then|else|begin|repeat|try|in|of)|=>|->|\|)\s*$|^\s*(?:local\s+)?(?:function|def|class|module|while|if|for|unless|case)\b[^{]*[^;{]$/.test(
      line,
    )
  );
}

/** The deepest that a new line may be indented, by the last written line above it. */
function deepestColumns({ prefix, linePrefix, indentation, document }: Place): number {
  const there = columnsOf(linePrefix, indentation);
  const above = prefix
    .slice(0, prefix.length - linePrefix.length)
    .split('\n')
    .findLast((line) => line.trim() !== '');
  if (above === undefined) return there;
  const columns = columnsOf(above, indentation);
  // Who is a level deeper already has indented the line.
  if (there >= columns + indentation.width) return there;
  if (opensBody(above, document.languageId)) return Math.max(there, columns + indentation.width);
  const isOpen = !/[;}\])]\s*$/.test(above);
  return Math.max(there, isOpen ? columns + 2 * indentation.width : columns);
}
