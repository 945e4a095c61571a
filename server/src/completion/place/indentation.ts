// How a document indents, seen from a part of it.

export interface Indentation {
  /** Undefined where no line is indented. */
  readonly tabs: boolean | undefined;
  /** Columns of one level; a tab counts as many. */
  readonly width: number;
}

const DEFAULT_WIDTH = 4;

/**
 * Tabs or spaces by majority, and the width that consecutive lines differ by most often. Where no line tells, the white
 * space that the cursor's own line begins with does.
 * @param before the text before the cursor, its line included
 */
export function detectIndentation(before: string, after = ''): Indentation {
  const lines = before.split('\n');
  const own = leadingSpace(lines.pop()!);
  // A text of other habits, such as JSON in a string, may be all that is near.
  if (own.startsWith('\t')) return { tabs: true, width: DEFAULT_WIDTH };
  const found = detectInLines(`${before}\n${after}`);
  if (found.isKnown) return { tabs: found.tabs === true && own.length > 1 ? false : found.tabs, width: found.width };
  const above = leadingSpace(lines.findLast((line) => line.trim() !== '') ?? '');
  const step = own.length - above.length;
  if (own.includes('\t')) return { tabs: true, width: DEFAULT_WIDTH };
  return step >= 2 && step <= 8 ? { tabs: false, width: step } : { tabs: found.tabs, width: found.width };
}

function detectInLines(text: string): Indentation & { readonly isKnown: boolean } {
  let tabs = 0;
  let spaces = 0;
  let previous = 0;
  const steps = new Map<number, number>();
  for (const line of text.split('\n')) {
    const indent = leadingSpace(line);
    if (indent.startsWith('\t')) tabs++;
    if (indent.length === line.length) continue;
    if (indent.startsWith('\t')) {
      previous = indent.length;
      continue;
    }
    // The further lines of a block comment stand one column deeper than a level.
    if (line[indent.length] === '*' && indent.length % 2 === 1) continue;
    if (indent.length > 1) spaces++;
    const step = indent.length - previous;
    previous = indent.length;
    if (step >= 2 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  if (tabs > spaces) return { tabs: true, width: DEFAULT_WIDTH, isKnown: true };
  const [width] = [...steps].sort(([a, n], [b, m]) => m - n || a - b)[0] ?? [];
  return {
    tabs: tabs + spaces === 0 ? undefined : false,
    width: width ?? DEFAULT_WIDTH,
    isKnown: width !== undefined,
  };
}

/** Whether some line of a text is so many columns deeper than the one above. */
export function indentsBy(text: string, step: number, indentation: Indentation): boolean {
  let previous = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const columns = columnsOf(line, indentation);
    if (columns - previous === step) return true;
    previous = columns;
  }
  return false;
}

/** The white space that a line begins with. */
export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Columns that a line is indented by. */
export function columnsOf(line: string, { width }: Indentation): number {
  let columns = 0;
  for (const char of leadingSpace(line)) columns += char === '\t' ? width - (columns % width) : 1;
  return columns;
}

/** White space that is so many columns wide, as the document writes it. */
export function indentOf(columns: number, { tabs, width }: Indentation): string {
  if (!tabs) return ' '.repeat(Math.max(0, columns));
  return '\t'.repeat(Math.floor(columns / width)) + ' '.repeat(columns % width);
}
