// Tokens of a server for the code that builds continuations: they come as bytes, without the numbers that a tokenizer of
// our own would have, so each spelling gets a number when it is first seen.

import type { ChosenToken } from '../model/index.js';
import type { RemoteToken } from './answer.js';
import { isControl } from './promptFormats.js';

export class TokenNames {
  private readonly numbers = new Map<string, number>();
  private readonly spellings: string[] = [];

  readonly bytes = (id: number): string => this.spellings[id] ?? '';
  /** The end of the text is told apart from tokens, by most servers; some send the token that ends it as text. */
  readonly isSpecial = (id: number): boolean => isControl(textOf(this.bytes(id)));

  step({ bytes, logProbability, top }: RemoteToken): ChosenToken {
    return { id: this.numberOf(bytes), logProbability, entropy: entropyOf(top), layers: 0 };
  }

  private numberOf(bytes: string): number {
    const known = this.numbers.get(bytes);
    if (known !== undefined) return known;
    this.spellings.push(bytes);
    this.numbers.set(bytes, this.spellings.length - 1);
    return this.spellings.length - 1;
  }
}

/** What bytes spell. */
export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Of what is known of a distribution, in nats; what is not told counts as one more token. */
function entropyOf(top: RemoteToken['top']): number {
  const told = top.map(({ logProbability }) => Math.exp(logProbability));
  const rest = Math.max(0, 1 - told.reduce((sum, share) => sum + share, 0));
  return [...told, rest].reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}
