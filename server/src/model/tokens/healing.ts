// Token healing: the end of a prefix is rarely a token's end. The last pre-token is given back, and the first generated
// tokens must spell it again, so that "    " + "router" can become the tokens the model knows from its training.

import type { Allowed } from './distribution.js';
import type { Tokenizer } from './tokenizer.js';

/** More tokens than this are not given back: each may cost a step of decoding. */
const MAXIMUM_TOKENS = 4;

export interface HealedPrefix {
  /** Tokens of the prefix without the given-back end. */
  readonly ids: readonly number[];
  /** What the first generated tokens must spell, as a string of bytes. */
  readonly forced: string;
}

/** Gives back the last pre-token of a prefix, unless it ends a line: what follows a line end is a new token anyway. */
export function healPrefix(tokenizer: Tokenizer, prefix: string): HealedPrefix {
  const pieces = tokenizer.encodePieces(prefix);
  const last = pieces.at(-1);
  if (last === undefined || /[\r\n]$/.test(prefix)) return { ids: pieces.flat(), forced: '' };
  const kept = Math.max(0, last.length - MAXIMUM_TOKENS);
  return {
    ids: [...pieces.slice(0, -1).flat(), ...last.slice(0, kept)],
    forced: last
      .slice(kept)
      .map((id) => tokenizer.bytes(id))
      .join(''),
  };
}

/** What is left to spell after a token, and which tokens may come next. */
export class ForcedSpelling {
  constructor(
    private readonly tokenizer: Tokenizer,
    private left: string,
  ) {}

  /** Bytes that are still to be spelled. */
  get remaining(): number {
    return this.left.length;
  }

  allowed(): Allowed {
    return this.left === '' ? undefined : this.tokenizer.compatibleWith(this.left);
  }

  /** Records a chosen token. */
  take(id: number): void {
    this.left = this.left.slice(this.tokenizer.bytes(id).length);
  }
}
