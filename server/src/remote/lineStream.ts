// Lines of a body as they come, each without its end: Ollama sends one object of JSON on each.

import { SaidError } from '../common/saidError.js';
import { words } from '../common/words.js';

/** A line longer than this, in UTF-16 units, is no chunk of a completion. */
const LONGEST_LINE = 1_000_000;

/** Empty lines are left out. @throws Error with one sentence where a line has no end */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') yield line;
    if (rest.length > LONGEST_LINE) throw new SaidError(words('The model server sends a line without an end.'));
  }
  // The last line may lack its end; one that was cut off is none.
  if (isWhole(rest)) yield rest;
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
