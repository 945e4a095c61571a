import { columnsOf, indentOf, leadingSpace } from '../indentation.js';
import { opensBlock } from '../extent.js';
import type { Place } from '../place.js';
import type { Filter } from './filter.js';

/**
 * White space that the cursor's line has already is not written again, a line that goes deeper than the line above
 * allows is moved back with all that follows it, and tabs or spaces are the document's.
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
  const columns = columnsOf(indented, place.indentation);
  // A line that begins with an operator goes on with the one above.
  const surplus = /^\s*[.?:&|+*=-]/.test(indented) ? 0 : Math.max(0, columns - deepestColumns(place));
  const there = columnsOf(place.linePrefix, place.indentation);
  const first = indentOf(Math.max(0, columns - surplus - there), place.indentation) + indented.trimStart();
  return [first, ...lines.slice(1).map((line) => shift(line, surplus, place))].join('\n');
};

/** Behind code the first line stays, but for a space that is there already. */
function afterText(text: string, place: Place): string {
  const [first = '', ...others] = text.split('\n');
  const isDoubled = /\S[ \t]$/.test(place.linePrefix) && /^ \S/.test(first);
  return [isDoubled ? first.slice(1) : first, ...others.map((line) => shift(line, 0, place))].join('\n');
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

/** The deepest that a new line may be indented, by the last written line above it. */
function deepestColumns({ prefix, linePrefix, indentation, document }: Place): number {
  const there = columnsOf(linePrefix, indentation);
  const above = prefix
    .slice(0, prefix.length - linePrefix.length)
    .split('\n')
    .findLast((line) => line.trim() !== '');
  if (above === undefined) return there;
  const columns = columnsOf(above, indentation);
  const isOpen = opensBlock(above, document.languageId) || !/[;}\])]\s*$/.test(above);
  return Math.max(there, isOpen ? columns + 2 * indentation.width : columns);
}
