// What the status bar is told: the model's state, and, where it is ready, the outcome of the last request.

import type { ModelState } from '../../model/index.js';
import { reasonSentence, type CompletionResult } from '../../completion/index.js';
import { statusNotification, type StatusParams } from '../messages.js';

export interface StatusReporter {
  model(state: ModelState): void;
  /** A request begins; the returned function is called once with its outcome, or with nothing when it was cancelled. */
  begin(): (outcome?: { readonly result: CompletionResult; readonly latencyMs: number }) => void;
}

export function createStatusReporter(send: (method: string, params: StatusParams) => void): StatusReporter {
  let running = 0;
  let isReady = false;
  const say = (params: StatusParams): void => send(statusNotification, params);
  // A model that loads or has failed is what matters, whatever becomes of a request meanwhile.
  const sayIfReady = (params: StatusParams): void => {
    if (isReady) say(params);
  };
  return {
    model(state) {
      isReady = state.kind === 'ready';
      say(fromModelState(state));
    },
    begin() {
      running++;
      sayIfReady({ kind: 'computing' });
      return (outcome) => {
        running--;
        if (outcome !== undefined && !isWithoutOutcome(outcome.result)) {
          sayIfReady(fromResult(outcome.result, outcome.latencyMs));
        } else if (running === 0) sayIfReady({ kind: 'ready' });
      };
    },
  };
}

/** Another request will say more, or the model's own state has said it. */
function isWithoutOutcome(result: CompletionResult): boolean {
  return result.kind === 'none' && (result.reason === 'superseded' || result.reason === 'modelLoading');
}

function fromModelState(state: ModelState): StatusParams {
  switch (state.kind) {
    case 'loading':
      return { kind: 'loading', sentence: 'The model is loading.' };
    case 'restarting':
      return { kind: 'loading', sentence: state.reason };
    case 'failed':
      return { kind: 'failed', sentence: state.reason };
    case 'ready':
      return { kind: 'ready' };
  }
}

function fromResult(result: CompletionResult, latencyMs: number): StatusParams {
  if (result.kind === 'none') {
    return { kind: 'nothing', latencyMs, sentence: reasonSentence(result.reason) };
  }
  const [first] = result.suggestions;
  return { kind: 'suggested', latencyMs, fromCache: result.source === 'cache', probability: first?.probability ?? 0 };
}
