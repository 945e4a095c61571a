// What the status bar is told: the model's state, and the outcome of the last request.

import type { ModelState } from '../model/index.js';
import { reasonSentence, type CompletionResult } from '../completion/index.js';
import { statusNotification, type StatusParams } from './messages.js';

export interface StatusReporter {
  model(state: ModelState): void;
  /** A request begins; the returned function is called once with its outcome, or with nothing when it was cancelled. */
  begin(): (outcome?: { readonly result: CompletionResult; readonly latencyMs: number }) => void;
}

export function createStatusReporter(send: (method: string, params: StatusParams) => void): StatusReporter {
  let running = 0;
  const say = (params: StatusParams): void => send(statusNotification, params);
  return {
    model(state) {
      const status = fromModelState(state);
      say(status);
    },
    begin() {
      running++;
      say({ kind: 'computing' });
      return (outcome) => {
        running--;
        if (outcome !== undefined && !isSuperseded(outcome.result)) say(fromResult(outcome.result, outcome.latencyMs));
        else if (running === 0) say({ kind: 'ready' });
      };
    },
  };
}

function isSuperseded(result: CompletionResult): boolean {
  return result.kind === 'none' && result.reason === 'superseded';
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
    const sentence = reasonSentence(result.reason);
    if (result.reason === 'modelLoading') return { kind: 'loading', sentence };
    return { kind: 'nothing', latencyMs, sentence };
  }
  const [first] = result.suggestions;
  return { kind: 'suggested', latencyMs, fromCache: result.source === 'cache', probability: first?.probability ?? 0 };
}
