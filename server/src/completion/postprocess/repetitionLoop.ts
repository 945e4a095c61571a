import type { Filter } from './filter.js';

/** A run of signs that comes this often in a row is a loop, unless it is a ruler or padding. */
const runs = /([^\s][^\n]{3,40}?)\1{3,}/;

/** Small models fall into loops; a suggestion is cut at the first repetition, or dropped where it only repeats. */
export const repetitionLoop: Filter = (text, { place }) => {
  const lines = text.split('\n');
  const above = place.prefix.slice(0, place.prefix.length - place.linePrefix.length).split('\n');
  if (isThirdInARow(place.linePrefix + lines[0], above)) return { dropped: 'repeatsItself' };
  for (let index = 2; index < lines.length; index++) {
    const line = lines[index]!.trim();
    if (isWritten(line) && line === lines[index - 1]!.trim() && line === lines[index - 2]!.trim()) {
      return lines.slice(0, index - 1).join('\n');
    }
  }
  const run = runs.exec(text);
  if (run === null || !isWritten(run[1]!)) return text;
  const kept = text.slice(0, run.index).trimEnd();
  return kept === '' ? { dropped: 'repeatsItself' } : kept;
};

/** The same line for the third time: the first two are above. */
function isThirdInARow(line: string, above: readonly string[]): boolean {
  const written = above.filter((other) => other.trim() !== '').slice(-2);
  return isWritten(line) && written.length === 2 && written.every((other) => other.trim() === line.trim());
}

/** Signs alone, such as a closing bracket, may well repeat. */
function isWritten(line: string): boolean {
  return /\w/.test(line);
}
