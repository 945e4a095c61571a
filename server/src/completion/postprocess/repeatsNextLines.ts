import type { Filter } from './filter.js';

/** A line with this many letters or digits is not the same as another by chance. */
const TELLING = 6;

/** What follows the cursor is not suggested again: lines that repeat it are cut off, and if none is left, all is dropped. */
export const repeatsNextLines: Filter = (text, { place }) => {
  const next = place.suffix
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (next.length === 0) return text;
  const lines = text.split('\n');
  const isBlank = place.linePrefix.trim() === '';
  const trimmed = lines.map((line, index) => (index === 0 ? place.linePrefix + line : line).trim());
  for (const [index, line] of trimmed.entries()) {
    if (line !== next[0]) continue;
    // A short line such as `},` may follow itself; it repeats only where the suggestion ends as the document goes on.
    const goesOn = trimmed.slice(index).every((other, offset) => other === '' || other === next[offset]);
    const isTelling = countWordCharacters(line) >= TELLING;
    if (index === 0) {
      if ((isBlank && goesOn) || isTelling || (goesOn && /\w/.test(line))) return { dropped: 'repeatsSuffix' };
    } else if (goesOn || isTelling) {
      const kept = lines.slice(0, index).join('\n').trimEnd();
      return kept.trim() === '' ? { dropped: 'repeatsSuffix' } : kept;
    }
  }
  return text;
};

function countWordCharacters(line: string): number {
  return line.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
