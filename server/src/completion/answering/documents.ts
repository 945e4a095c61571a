// What is remembered of each document from one request to the next.

import { LRUCache } from 'lru-cache';
import type { LanguageModel } from '../../model/index.js';
import { ContextKeeper } from '../context/index.js';
import type { Window } from '../place/window.js';

const MAXIMUM_DOCUMENTS = 200;

export interface DocumentState {
  window: Window | undefined;
  isAfterDeletion: boolean;
  /** The automatic request that a newer one supersedes. */
  running: AbortController | undefined;
  /** Whether holes take the place of the line that is shown. */
  following: Following | undefined;
  /** What is being computed before it is asked for. */
  ahead: Ahead | undefined;
  readonly context: ContextKeeper;
  /** The offset that it was last chosen for. */
  chosenAt: number;
  /** What is done when nothing is asked for; ends with the next request. */
  idle: AbortController | undefined;
}

export interface Ahead {
  readonly key: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export interface Following {
  /** Of the cursor. */
  readonly offset: number;
  readonly controller: AbortController;
}

export class Documents {
  private readonly states = new LRUCache<string, DocumentState>({ max: MAXIMUM_DOCUMENTS });

  constructor(private readonly model: LanguageModel) {}

  of(uri: string): DocumentState {
    let state = this.states.get(uri);
    if (state === undefined) {
      state = {
        window: undefined,
        isAfterDeletion: false,
        running: undefined,
        following: undefined,
        ahead: undefined,
        context: new ContextKeeper(uri, this.model),
        chosenAt: 0,
        idle: undefined,
      };
      this.states.set(uri, state);
    }
    return state;
  }

  /** Ends what is done for a document, and forgets it. */
  close(uri: string): void {
    const state = this.states.get(uri);
    state?.running?.abort();
    state?.following?.controller.abort();
    state?.ahead?.controller.abort();
    state?.idle?.abort();
    this.states.delete(uri);
  }
}
