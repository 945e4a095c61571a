// A filling as the hover and the list of quick fixes show it: on one line, however many it has.

import { plain } from '../editor/plainText.js';

export function onOneLine(filling: string): string {
  return plain(filling.replace(/\s*[\r\n]\s*/g, ' '));
}

/** For Markdown, in which a blank line would end the paragraph, and so a link that holds it. */
export function asCode(filling: string): string {
  const text = onOneLine(filling);
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const inner = text.startsWith('`') || text.endsWith('`') ? ` ${text} ` : text;
  // A bracket would end the link's text.
  return `${fence}${inner}${fence}`;
}
