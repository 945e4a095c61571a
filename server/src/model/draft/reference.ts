// Prompt lookup in texts that are not part of the prompt: the rest of the file, and what else is open. Nothing in them is
// shown to the model; they only propose tokens that it verifies.

import type { Tokenizer } from '../tokens/tokenizer.js';
import { noMatch, type Match } from './lookUp.js';

/** Code units that are indexed of all texts together; what comes first is taken first. */
const MOST_CODE_UNITS = 120_000;

/** A proposal needs a match of this many tokens, since a longer text offers more false ones. */
const SHORTEST_MATCH = 2;
const LONGEST_MATCH = 4;

/** Between texts stands a token that none contains, so that no match crosses a border. */
const BORDER = -1;

export class ReferenceIndex {
  private texts: readonly string[] = [];
  private ids: number[] = [];
  /** For each pair of tokens, the position behind its last occurrence. */
  private readonly behindPair = new Map<number, number>();

  constructor(private readonly tokenizer: Tokenizer) {}

  /** Takes texts in place of the last ones, the most important first. Unchanged texts cost nothing. */
  update(texts: readonly string[]): void {
    if (texts.length === this.texts.length && texts.every((text, i) => text === this.texts[i])) return;
    this.texts = texts;
    this.ids = [];
    this.behindPair.clear();
    let left = MOST_CODE_UNITS;
    const kept: string[] = [];
    for (const text of texts) {
      kept.push(text.slice(0, left));
      left -= text.length;
      if (left <= 0) break;
    }
    // What is most important comes last, since the last occurrence of a pair is the one that is found.
    for (const text of kept.reverse()) this.add(this.tokenizer.encode(text));
  }

  /** What followed the last occurrence of the sequence's end and `next`. */
  lookUp(tokens: readonly number[], next: number, most: number): Match {
    const before = tokens.at(-1);
    if (before === undefined) return noMatch;
    const at = this.behindPair.get(this.keyOf(before, next));
    if (at === undefined) return noMatch;
    let length = SHORTEST_MATCH;
    while (length < LONGEST_MATCH && this.ids[at - 1 - length] === tokens[tokens.length - length]) length++;
    const border = this.ids.indexOf(BORDER, at);
    return { ids: this.ids.slice(at, Math.min(at + most, border)), length, isRepeated: undefined };
  }

  private add(ids: readonly number[]): void {
    for (const [i, id] of ids.entries()) {
      if (i >= SHORTEST_MATCH) this.behindPair.set(this.keyOf(ids[i - 2]!, ids[i - 1]!), this.ids.length);
      this.ids.push(id);
    }
    this.ids.push(BORDER);
  }

  private keyOf(first: number, second: number): number {
    return first * this.tokenizer.vocabulary + second;
  }
}
