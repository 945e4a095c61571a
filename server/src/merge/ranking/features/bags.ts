// Texts as bags of tokens and lines: the measure of what a text keeps of another. Tokens and lines get numbers that hold
// for one conflict, so that comparing two texts is comparing two arrays of counts.

/** How often each token or line occurs, by its number. */
export type Counts = Int32Array;

/** One line, cut once however many texts hold it. */
export interface Line {
  readonly id: number;
  /** Without the white space at its ends, runs of white space inside as one blank. */
  readonly text: string;
  readonly tokens: readonly number[];
  /** Whether it says so little that its repetition means nothing: brackets, `else`, a lone keyword. */
  readonly trivial: boolean;
  readonly import: boolean;
  readonly comment: boolean;
  /** What it declares or assigns, as far as its beginning tells: `name:`, `name =`, `name(`. */
  readonly key: string | undefined;
}

export interface Bag {
  readonly lines: readonly Line[];
  readonly tokens: Counts;
  readonly tokenTotal: number;
  readonly lineCounts: Counts;
}

const token = /[\p{L}\p{M}\p{N}_$]+|\S/gu;
const importLine =
  /^(import\b|from\b.*\bimport\b|using\b|#include\b|export\b.*\bfrom\b|(const|let|var)\b.*\brequire\()/;
const commentLine = /^(\/\/|\/\*|\*|#(?!include|if|endif|region|else)|<!--|"""|''')/;
const keyStart = /^(?:[\w$]+ )*?["'@]?([\w$.-]+)["']? ?[:=(]/;

/** Numbers tokens and lines. All texts have to be read before the first is counted. */
export class BagVocabulary {
  private readonly tokenNumbers = new Map<string, number>();
  private readonly lines = new Map<string, Line>();
  /** The tokens by their number. */
  readonly tokenTexts: string[] = [];

  /** The lines of a text that hold more than white space. */
  read(text: string): Line[] {
    const lines: Line[] = [];
    for (const raw of text.split('\n')) {
      const trimmed = raw.trim();
      if (trimmed !== '') lines.push(this.line(trimmed));
    }
    return lines;
  }

  count(lines: readonly Line[]): Bag {
    const tokens = new Int32Array(this.tokenTexts.length);
    const lineCounts = new Int32Array(this.lines.size);
    let tokenTotal = 0;
    for (const line of lines) {
      lineCounts[line.id]!++;
      for (const number of line.tokens) tokens[number]!++;
      tokenTotal += line.tokens.length;
    }
    return { lines, tokens, tokenTotal, lineCounts };
  }

  private line(trimmed: string): Line {
    const text = trimmed.replace(/\s+/g, ' ');
    const known = this.lines.get(text);
    if (known !== undefined) return known;
    const tokens = (text.match(token) ?? []).map((part) => this.tokenNumber(part));
    const line: Line = {
      id: this.lines.size,
      text,
      tokens,
      trivial:
        (text.match(/[\p{L}\p{N}]/gu) ?? []).length < 4 || /^\W*(else|try|return|break|pass|finally)\W*$/.test(text),
      import: importLine.test(text),
      comment: commentLine.test(text),
      key: keyStart.exec(text)?.[1],
    };
    this.lines.set(text, line);
    return line;
  }

  private tokenNumber(text: string): number {
    const known = this.tokenNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.tokenTexts.length;
    this.tokenNumbers.set(text, number);
    this.tokenTexts.push(text);
    return number;
  }
}

export function total(counts: Counts): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** What is in both, as often as in the one that has it less often. */
export function shared(left: Counts, right: Counts): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    const a = left[i]!;
    const b = right[i]!;
    sum += a < b ? a : b;
  }
  return sum;
}

/** What the first has more of than the second. */
export function without(left: Counts, right: Counts): Counts {
  const rest = new Int32Array(left.length);
  for (let i = 0; i < left.length; i++) rest[i] = Math.max(0, left[i]! - right[i]!);
  return rest;
}

/** Twice what is shared by what there is; 1 for two empty ones. */
export function dice(left: Counts, right: Counts, leftTotal: number, rightTotal: number): number {
  return leftTotal + rightTotal === 0 ? 1 : (2 * shared(left, right)) / (leftTotal + rightTotal);
}

/** A share that says with -1 that there is nothing to have a share of. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? -1 : part / whole;
}
