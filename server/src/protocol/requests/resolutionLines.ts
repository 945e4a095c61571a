// A resolution as lines of text, each with the names of what it comes from in front, so that no colour is needed.

import type { Origin, Resolution } from '../../merge/index.js';

/** More lines are counted, not shown. */
const MOST_LINES = 20;

/** Characters of a line that are shown. */
const LONGEST_LINE = 160;

const order: readonly Origin[] = ['ours', 'theirs', 'both', 'base', 'new'];

export function linesWithOrigins({ text, pieces }: Pick<Resolution, 'text' | 'pieces'>): string[] {
  const lines: { readonly text: string; readonly origins: string }[] = [];
  let start = 0;
  for (const [line] of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g)) {
    const end = start + line.trimEnd().length;
    const origins = new Set(
      pieces
        .filter(({ range }) => range.start < end && range.end > start)
        .filter(({ range }) => text.slice(Math.max(start, range.start), Math.min(end, range.end)).trim() !== '')
        .map(({ origin }) => origin),
    );
    // What is in both is in every line of two sides; it says something only where it is alone.
    if (origins.size > 1) origins.delete('both');
    lines.push({ text: line.trimEnd(), origins: order.filter((origin) => origins.has(origin)).join('+') });
    start += line.length;
    if (lines.length > MOST_LINES) break;
  }
  const shown = lines.slice(0, MOST_LINES);
  const width = Math.max(0, ...shown.map(({ origins }) => origins.length));
  const column = (origins: string): string => (width === 0 ? '' : `${origins.padEnd(width)} | `);
  const written = shown.map(({ text: line, origins }) => `${column(origins)}${cut(line)}`.trimEnd());
  return lines.length > MOST_LINES ? [...written, '…'] : written;
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
