// The state of a model, and whoever wants to hear of its changes: what a model in a worker and one behind a server share.

import type { ModelState } from '../language.js';
import { SaidError } from '../../common/saidError.js';

export abstract class ObservedModel {
  state: ModelState = { kind: 'loading' };
  private readonly listeners = new Set<(state: ModelState) => void>();

  onStateChange(listener: (state: ModelState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (state: ModelState): boolean => {
        if (state.kind === 'ready') resolve();
        else if (state.kind === 'failed') reject(new SaidError(state.reason));
        else return false;
        return true;
      };
      if (check(this.state)) return;
      const end = this.onStateChange((state) => {
        if (check(state)) end();
      });
    });
  }

  protected setState(state: ModelState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener(state);
  }

  protected forgetListeners(): void {
    this.listeners.clear();
  }
}
