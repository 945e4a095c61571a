// What goes to standard output: with --json one object and nothing else, without it the human view. What it shows of files
// and their names may come from anybody, and must not steer the terminal.

/** Prints a result. Shares and milliseconds are rounded for reading; figures that the data cannot give are null. */
export function printResult(json: boolean, result: object, human: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(result, roundNumbers)}\n` : `${visible(human())}\n`);
}

/** On standard error. */
export function say(message: string): void {
  console.error(visible(message));
}

/** Signs that steer a terminal as escapes; tabs and line ends stay. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, (sign) => {
    return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** Characters of a line that are shown: more than people write, and few enough to read past. */
const SHOWN_CHARACTERS = 500;

/** A line of a file for reading, which may be a whole program in one line. @param keeps which end of it matters */
export function shortened(line: string, keeps: 'start' | 'end' = 'start'): string {
  const left = line.length - SHOWN_CHARACTERS;
  if (left <= 0) return line;
  // Nothing is cut in the middle of a character.
  return keeps === 'start'
    ? `${line.slice(0, SHOWN_CHARACTERS).replace(/[\ud800-\udbff]$/, '')} … and ${left} more characters`
    : `${left} more characters and … ${line.slice(left).replace(/^[\udc00-\udfff]/, '')}`;
}

/** Six significant digits are more than any of these figures has. */
function roundNumbers(_key: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'number') return value;
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

export function percent(value: number | undefined): string {
  return value === undefined ? '-' : `${(100 * value).toFixed(1)} %`;
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`;
}

/** Lines up the columns of a table; the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
