// Line ends of a conflict. Inside the room texts have LF alone; an answer gets back what the sides have, where a side that
// changed the line ends wins over one that did not.

import type { Conflict } from './types.js';

type Style = '\n' | '\r\n' | 'mixed' | undefined;

export function withLf(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

/**
 * Gives a text with LF the line ends of a conflict.
 * @param fallback the document's line end, for conflicts whose sides have none
 */
export function withLineEndsOf(text: string, { ours, base, theirs }: Conflict, fallback: '\n' | '\r\n'): string {
  // A whole side comes back as it is, however mixed its line ends are.
  const whole = [ours, theirs].find((section) => section.text !== '' && withLf(section.text) === text);
  const style = chosenStyle(styleOf(ours.text), styleOf(theirs.text), styleOf(base?.text ?? ''), fallback);
  if (style === '\n') return text;
  if (style === '\r\n') return text.replaceAll('\n', '\r\n');
  if (whole !== undefined) return whole.text;
  return byLine(text, [ours.text, theirs.text, base?.text ?? '']);
}

function styleOf(text: string): Style {
  const all = text.split('\n').length - 1;
  if (all === 0) return undefined;
  const windows = text.split('\r\n').length - 1;
  if (windows === 0) return '\n';
  return windows === all ? '\r\n' : 'mixed';
}

function chosenStyle(ours: Style, theirs: Style, base: Style, fallback: '\n' | '\r\n'): '\n' | '\r\n' | 'mixed' {
  if (ours === undefined || theirs === undefined) return ours ?? theirs ?? base ?? fallback;
  if (ours === theirs) return ours;
  if (ours === base) return theirs;
  if (theirs === base) return ours;
  return 'mixed';
}

/** Each line gets the end that it has in the first text that holds it. */
function byLine(text: string, sources: readonly string[]): string {
  const ends = new Map<string, string>();
  let windows = 0;
  let all = 0;
  for (const source of sources) {
    for (const line of source.match(/[^\n]*\n/g) ?? []) {
      const end = line.endsWith('\r\n') ? '\r\n' : '\n';
      const content = line.slice(0, line.length - end.length);
      if (!ends.has(content)) ends.set(content, end);
      all++;
      if (end === '\r\n') windows++;
    }
  }
  const usual = windows * 2 > all ? '\r\n' : '\n';
  return text.replace(/([^\n]*)\n/g, (_, content: string) => content + (ends.get(content) ?? usual));
}
