import { columnsOf, type Indentation } from '../place/indentation.js';
import { closesBlock } from './closesBlock.js';
import type { Filter } from './filter.js';

/** A line with this many letters or digits is not the same as another by chance. */
const TELLING = 6;

/** What follows the cursor is not suggested again: lines that repeat it are cut off, and if none is left, all is dropped. */
export const repeatsNextLines: Filter = (text, { place }) => {
  const next = place.suffix.split('\n').filter((line) => line.trim() !== '');
  if (next.length === 0) return text;
  const lines = text.split('\n');
  const full = lines.map((line, index) => (index === 0 ? place.linePrefix + line : line));
  const isBlank = place.linePrefix.trim() === '';
  for (const [index, line] of full.entries()) {
    if (!isSame(line, next[0]!, place.indentation)) continue;
    // How deep the first line stands is the user's; an `end` below it that stands elsewhere ends something else.
    const depth = columnsOf(line, place.indentation) - columnsOf(next[0]!, place.indentation);
    if (index > 0 && closesBlock(line) && depth !== 0) continue;
    // A short line such as `},` may follow itself; it repeats only where the suggestion ends as the document goes on.
    const goesOn = full.slice(index).every((other, ahead) => isSame(other, next[ahead] ?? '', place.indentation));
    // One that stands deeper may be an early return, say, of what is returned below.
    const isTelling = countWordCharacters(line) >= TELLING && (index === 0 || depth <= 0);
    if (index === 0) {
      if ((isBlank && goesOn) || isTelling || (goesOn && /\w/.test(line))) return { dropped: 'repeatsSuffix' };
    } else if (goesOn || isTelling) {
      const kept = lines.slice(0, index).join('\n').trimEnd();
      return kept.trim() === '' ? { dropped: 'repeatsSuffix' } : kept;
    }
  }
  return text;
};

/** Brackets are the same only where they stand equally deep: others close something else. */
function isSame(line: string, other: string, indentation: Indentation): boolean {
  if (line.trim() !== other.trim()) return false;
  return /\w/.test(line) || isAsDeep(line, other, indentation);
}

function isAsDeep(line: string, other: string, indentation: Indentation): boolean {
  return columnsOf(line, indentation) === columnsOf(other, indentation);
}

function countWordCharacters(line: string): number {
  return line.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
