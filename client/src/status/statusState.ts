// What the server has said so far, as one value. A cancelled request says nothing new, so the last outcome stays: the
// status bar does not change at every key.

import type { StatusParams } from '../../../server/src/protocol/messages.js';
import { t } from '../l10n/words.js';

type Outcome = Extract<StatusParams, { kind: 'suggested' | 'nothing' }>;

export type StatusState =
  | { readonly kind: 'loading'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'ready'; readonly isComputing: boolean; readonly outcome?: Outcome };

export const starting = (): string => t('The language server is starting.');

export const initialStatus = (): StatusState => ({ kind: 'loading', sentence: starting() });

/** What became of a request is true of the document that it was made for. */
export function inOtherDocument(state: StatusState): StatusState {
  return state.kind === 'ready' ? { kind: 'ready', isComputing: state.isComputing } : state;
}

export function nextStatus(state: StatusState, params: StatusParams): StatusState {
  switch (params.kind) {
    case 'loading':
    case 'failed':
      return params;
    case 'computing':
      // A request may arrive before the model is loaded; the model's state says more then.
      return state.kind === 'ready' ? { ...state, isComputing: true } : state;
    case 'ready':
      return state.kind === 'ready' ? { ...state, isComputing: false } : { kind: 'ready', isComputing: false };
    case 'suggested':
      return { kind: 'ready', isComputing: false, outcome: params };
    case 'nothing':
      // Requests are also answered without a model, which must not hide that it failed.
      return state.kind === 'failed' ? state : { kind: 'ready', isComputing: false, outcome: params };
  }
}
