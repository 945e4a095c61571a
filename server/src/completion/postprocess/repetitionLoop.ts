import type { Place } from '../place/place.js';
import { closesBlock } from './closesBlock.js';
import type { Filter } from './filter.js';
import { hasWords, startOfLoop } from './loops.js';

/** A run of signs that comes this often in a row is a loop, unless it is a ruler, padding or a table of numbers. */
const runs = [/([^\s][^\n]{3,40}?)\1{3,}/u, /(\p{L}\p{L}{1,7}?)\1{4,}/u];

/** Small models fall into loops; a suggestion is cut at the first repetition, or dropped where it only repeats. */
export const repetitionLoop: Filter = (text, { place }) => {
  const lines = text.split('\n');
  if (isThirdInARow(place, lines[0]!)) return { dropped: 'repeatsItself' };
  for (let index = 2; index < lines.length; index++) {
    const line = lines[index]!;
    if (isSame(line, lines[index - 1]!) && isSame(line, lines[index - 2]!)) return lines.slice(0, index - 1).join('\n');
  }
  for (const form of runs) {
    const run = form.exec(text);
    if (run === null || !hasWords(run[1]!) || new Set(run[1]).size === 1) continue;
    const kept = text.slice(0, run.index).trimEnd();
    return kept === '' ? { dropped: 'repeatsItself' } : kept;
  }
  const loop = startOfLoop(place.prefix, text);
  if (loop === undefined) return text;
  // What stands on the loop's line before it was mostly the way into it.
  const kept = text.slice(0, Math.max(0, text.lastIndexOf('\n', loop))).trimEnd();
  return kept.trim() === '' ? { dropped: 'repeatsItself' } : kept;
};

/** The same line for the third time: the first two are above. */
function isThirdInARow({ prefix, linePrefix }: Place, first: string): boolean {
  const above = prefix.slice(0, prefix.length - linePrefix.length).split('\n');
  const written = above.filter((other) => other.trim() !== '').slice(-2);
  return written.length === 2 && written.every((other) => isSame(linePrefix + first, other));
}

function isSame(line: string, other: string): boolean {
  if (line.trim() !== other.trim() || !hasWords(line)) return false;
  return !closesBlock(line) || line === other;
}
