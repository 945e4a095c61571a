// Which files hold which names, to find those that are worth looking at for a place. Of a file only the numbers of its
// terms are kept, some hundred bytes, not its text.

import { termsOf } from '../completion/index.js';

/** Files beyond these are left out. */
export const MOST_FILES = 20_000;
/** Terms of one file; more make a file no more likely to be of use. */
const MOST_TERMS = 600;
/** Different terms in all; a further one counts as unknown. */
const MOST_NUMBERS = 1_000_000;

export class FileIndex {
  private readonly numbers = new Map<string, number>();
  private readonly terms = new Map<string, Uint32Array>();
  /** Files that hold a term, by its number. */
  private holding = new Uint32Array(1 << 12);

  get size(): number {
    return this.terms.size;
  }

  has(file: string): boolean {
    return this.terms.has(file);
  }

  files(): Iterable<string> {
    return this.terms.keys();
  }

  /** Takes a file in, or anew. False where there are too many. */
  set(file: string, text: string): boolean {
    this.delete(file);
    if (this.terms.size >= MOST_FILES) return false;
    const numbers = new Set<number>();
    // The path says what a file is about.
    for (const term of termsOf(`${file}\n${text}`)) {
      if (numbers.size >= MOST_TERMS) break;
      const number = this.numberOf(term);
      if (number !== undefined) numbers.add(number);
    }
    for (const number of numbers) this.holding[number]!++;
    this.terms.set(file, Uint32Array.from(numbers));
    return true;
  }

  delete(file: string): void {
    for (const number of this.terms.get(file) ?? []) this.holding[number]!--;
    this.terms.delete(file);
  }

  /** The files that share most with a question, the rarer the names the better; the best first. */
  find(question: ReadonlyMap<string, number>, most: number): readonly string[] {
    const weights = new Map<number, number>();
    for (const [term, weight] of question) {
      const number = this.numbers.get(term);
      if (number !== undefined) weights.set(number, weight * Math.log(1 + this.size / (1 + this.holding[number]!)));
    }
    const scored: { readonly file: string; readonly score: number }[] = [];
    for (const [file, numbers] of this.terms) {
      let score = 0;
      for (const number of numbers) score += weights.get(number) ?? 0;
      // A long file holds much of anything.
      if (score > 0) scored.push({ file, score: score / Math.sqrt(50 + numbers.length) });
    }
    return scored
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ file }) => file);
  }

  private numberOf(term: string): number | undefined {
    let number = this.numbers.get(term);
    if (number !== undefined) return number;
    number = this.numbers.size;
    if (number >= MOST_NUMBERS) return undefined;
    this.numbers.set(term, number);
    if (number >= this.holding.length) {
      const grown = new Uint32Array(2 * this.holding.length);
      grown.set(this.holding);
      this.holding = grown;
    }
    return number;
  }
}
