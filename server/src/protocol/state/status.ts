// What the status bar is told: the model's state, and, where it is ready, the outcome of the last request.

import type { ModelState } from '../../model/index.js';
import { reasonSentence, type CompletionResult } from '../../completion/index.js';
import { statusNotification, type StatusParams } from '../messages.js';
import { words } from '../../common/words.js';
import type { Say } from './language.js';

export interface StatusReporter {
  model(state: ModelState): void;
  /** A request begins; the returned function is called once with its outcome, or with nothing when it was cancelled. */
  begin(): (outcome?: { readonly result: CompletionResult; readonly latencyMs: number }) => void;
}

export function createStatusReporter(send: (method: string, params: StatusParams) => void, say: Say): StatusReporter {
  let running = 0;
  let isReady = false;
  const tell = (params: StatusParams): void => send(statusNotification, params);
  // A model that loads or has failed is what matters, whatever becomes of a request meanwhile.
  const tellIfReady = (params: StatusParams): void => {
    if (isReady) tell(params);
  };
  return {
    model(state) {
      isReady = state.kind === 'ready';
      tell(fromModelState(state, say));
    },
    begin() {
      running++;
      tellIfReady({ kind: 'computing' });
      return (outcome) => {
        running--;
        if (outcome !== undefined && !isWithoutOutcome(outcome.result)) {
          tellIfReady(fromResult(outcome.result, outcome.latencyMs, say));
        } else if (running === 0) tellIfReady({ kind: 'ready' });
      };
    },
  };
}

/** Another request will say more, or the model's own state has said it. */
function isWithoutOutcome(result: CompletionResult): boolean {
  return result.kind === 'none' && (result.reason === 'superseded' || result.reason === 'modelLoading');
}

function fromModelState(state: ModelState, say: Say): StatusParams {
  switch (state.kind) {
    case 'loading':
      return { kind: 'loading', sentence: say(words('The model is loading.')) };
    case 'restarting':
      return { kind: 'loading', sentence: say(state.reason) };
    case 'failed':
      return { kind: 'failed', sentence: say(state.reason) };
    case 'ready':
      return { kind: 'ready' };
  }
}

function fromResult(result: CompletionResult, latencyMs: number, say: Say): StatusParams {
  if (result.kind === 'none') {
    return { kind: 'nothing', latencyMs, sentence: say(reasonSentence(result.reason)) };
  }
  const [first] = result.suggestions;
  return { kind: 'suggested', latencyMs, fromCache: result.source === 'cache', probability: first?.probability ?? 0 };
}
