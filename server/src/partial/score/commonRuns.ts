// How much of a line the next one has too: a model that does not see what follows well enough writes it once more.

import type { OffsetRange } from '../../common/range.js';
import { charactersBefore } from '../tree/fill.js';

/** Characters of a line that are compared, white space not counted. */
const MOST = 200;

/** The runs of characters that a text has in common with another one; white space does not count. */
export class CommonRuns {
  /** How many characters, but for white space, stand in front of each offset of the text. */
  private readonly before: Uint32Array;
  /** For each of them, how long the longest run is that ends with it. */
  private readonly ending: Uint8Array;

  constructor(text: string, other: string) {
    const [own, others] = [withoutSpace(text).slice(0, MOST), withoutSpace(other).slice(0, MOST)];
    this.before = charactersBefore(text);
    this.ending = new Uint8Array(own.length);
    // For each place of the other text, the longest run that ends there and at the character of this one.
    const runs = new Uint8Array(others.length + 1);
    for (let at = 0; at < own.length; at++) {
      const character = own.charCodeAt(at);
      let longest = 0;
      for (let place = others.length; place > 0; place--) {
        const run = others.charCodeAt(place - 1) === character ? runs[place - 1]! + 1 : 0;
        runs[place] = run;
        if (run > longest) longest = run;
      }
      this.ending[at] = longest;
    }
  }

  /** The longest run in a part of the text, in characters. */
  longestIn({ start, end }: OffsetRange): number {
    const first = this.before[start]!;
    const last = Math.min(this.before[end]!, this.ending.length);
    let longest = 0;
    for (let at = first; at < last; at++) longest = Math.max(longest, Math.min(this.ending[at]!, at - first + 1));
    return longest;
  }

  /** The longest run as a share (0-1) of the text. */
  share(): number {
    const { length } = this.ending;
    return length === 0 ? 0 : this.longestIn({ start: 0, end: this.before.length - 1 }) / length;
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
