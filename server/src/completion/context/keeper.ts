// What a document's prompts begin with, and when that changes: only in idle time, and only after the new prompt has been
// computed, so that no key ever waits for it. Until then requests go on with the old one, which has a cache of its own.

import type { LanguageModel, Prompt } from '../../model/index.js';
import type { ContextPart } from './types.js';

/** Makes the prompt of the place that is being prepared, with these parts, under this name of a cache. */
export type MakePrompt = (parts: readonly ContextPart[], key: string) => Prompt;

/** Chooses for the place that is being prepared; `previous` itself where that is still good enough. */
export type Choose = (previous: readonly ContextPart[], signal: AbortSignal) => Promise<readonly ContextPart[]>;

export class ContextKeeper {
  private shown: readonly ContextPart[] = [];
  /** What is shown as soon as it is computed. */
  private coming: readonly ContextPart[] | undefined;
  private wasChosen = false;
  /** Which of two caches is in use; the other one is for what comes. */
  private isSecond = false;

  constructor(
    private readonly uri: string,
    private readonly model: Pick<LanguageModel, 'prefetch'>,
  ) {}

  get parts(): readonly ContextPart[] {
    return this.shown;
  }

  /** The name of the cache that holds the prompt with these parts. */
  get key(): string {
    return keyOf(this.uri, this.isSecond);
  }

  /** Whether something was chosen, and what was chosen is computed. */
  get isSettled(): boolean {
    return this.wasChosen && this.coming === undefined;
  }

  /** Shows nothing of other files from now on. */
  clear(): void {
    this.wasChosen = false;
    this.coming = undefined;
    this.shown = [];
  }

  /** Computes the prompt of what is shown; chooses anew meanwhile, and computes that too where it is clearly better. */
  async prepare(makePrompt: MakePrompt, choose: Choose, signal: AbortSignal): Promise<void> {
    const previous = this.coming ?? this.shown;
    // Nothing of a first prompt is worth computing before it is known what it begins with.
    const current = this.wasChosen ? this.model.prefetch(makePrompt(this.shown, this.key)) : undefined;
    const chosen = await choose(previous, signal);
    if (signal.aborted) return;
    this.wasChosen = true;
    if (chosen !== previous) this.coming = chosen;
    const isFree = await (current ?? true);
    if (!isFree || signal.aborted) return;
    if (this.coming !== undefined) await this.computeComing(this.coming, makePrompt);
    else if (current === undefined) await this.model.prefetch(makePrompt(this.shown, this.key));
  }

  private async computeComing(coming: readonly ContextPart[], makePrompt: MakePrompt): Promise<void> {
    const isComputed = await this.model.prefetch(makePrompt(coming, keyOf(this.uri, !this.isSecond)));
    // A request may have come in between, or another choice.
    if (!isComputed || this.coming !== coming) return;
    this.shown = coming;
    this.coming = undefined;
    this.isSecond = !this.isSecond;
  }
}

/** The name of one of a document's two caches; what is chosen first of other files is computed in the second. */
function keyOf(uri: string, isSecond: boolean): string {
  return isSecond ? `${uri}#second` : uri;
}
