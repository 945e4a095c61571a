// A text in overlapping stretches of lines, of which the best are shown.

export interface Chunk {
  readonly text: string;
  /** Lines of the file, half open. */
  readonly start: number;
  readonly end: number;
}

const LINES = 12;
const STEP = 6;
/** A longer line than this is data, or was made by a program. */
const LONGEST_LINE = 300;

export function chunksOf(text: string): readonly Chunk[] {
  const lines = text.split('\n');
  const chunks: Chunk[] = [];
  for (let start = 0; start === 0 || start + LINES - STEP < lines.length; start += STEP) {
    const end = Math.min(lines.length, start + LINES);
    const own = lines.slice(start, end);
    if (own.some((line) => line.trim() !== '') && own.every((line) => line.length <= LONGEST_LINE)) {
      chunks.push({ text: own.join('\n'), start, end });
    }
  }
  return chunks;
}
