// What of the greedy line is likely to come in a branch: the rest of it behind the token that the branch has instead.

export class LikelyRest {
  /** @param at from where on the line is expected */
  constructor(
    private readonly line: readonly number[],
    private at: number,
  ) {}

  /** The next tokens, as many at most. */
  propose(most: number): readonly number[] {
    return this.line.slice(this.at, this.at + most);
  }

  /** Records the branch's next token: the line goes on behind it where it comes further on; otherwise it stands in addition. */
  follow(id: number): void {
    const found = this.line.indexOf(id, this.at);
    if (found !== -1) this.at = found + 1;
  }
}
