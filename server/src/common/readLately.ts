// What was read a moment ago is not read again: whoever asks for the same thing meanwhile gets what the first one got.

export class ReadLately<Content> {
  private readonly kept = new Map<string, { readonly readAt: number; readonly content: Promise<Content> }>();

  /**
   * @param life milliseconds after which it is read anew
   * @param now milliseconds, monotonic
   */
  constructor(
    private readonly life: number,
    private readonly now: () => number,
  ) {}

  /** What failed is read anew by the next who asks. */
  of(key: string, read: () => Promise<Content>): Promise<Content> {
    const kept = this.kept.get(key);
    const readAt = this.now();
    if (kept !== undefined && readAt - kept.readAt < this.life) return kept.content;
    const content = read();
    this.kept.set(key, { readAt, content });
    content.catch(() => this.kept.delete(key));
    return content;
  }

  forget(key: string): void {
    this.kept.delete(key);
  }
}
