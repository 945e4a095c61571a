// What the status bar shows, as text: the gate first, then the model. Every icon stands beside a word.

import type { Gate } from './gate.js';
import type { StatusState } from './statusState.js';
import { t } from '../l10n/words.js';

export interface StatusView {
  /** With an icon, for the bar. */
  readonly text: string;
  /** The same without the icon. */
  readonly words: string;
  /** For the tooltip; whole sentences. */
  readonly sentences: readonly string[];
  /** For screen readers: the same without icons. */
  readonly label: string;
  readonly isFailure: boolean;
  /** Whether the model is being loaded or computes. */
  readonly isBusy: boolean;
}

export function statusView(gate: Gate, status: StatusState): StatusView {
  switch (gate.kind) {
    case 'off':
      return view('circle-slash', t('Lacuna off'), [t('Suggestions are switched off.')]);
    case 'snoozed':
      return view('bell-slash', t('Lacuna snoozed until {0}', clock(gate.until)), [
        t('Suggestions come back at {0}.', clock(gate.until)),
      ]);
    case 'offForLanguage':
      return view('circle-slash', t('Lacuna off'), [
        t('Suggestions are switched off for the language "{0}".', gate.languageId),
      ]);
    case 'hiddenByEditor':
      return view('circle-slash', t('Lacuna off'), [
        t('The editor shows no suggestions, since its setting "{0}" is off.', 'editor.inlineSuggest.enabled'),
      ]);
    case 'open':
      return modelView(status);
    case 'notCovered':
      return status.kind === 'ready'
        ? view('dash', t('Lacuna ready'), [t('No suggestions are made in documents of this kind.')])
        : modelView(status);
  }
}

/** Hours and minutes of the user's own time, as 09:05. */
export function clock(milliseconds: number): string {
  const date = new Date(milliseconds);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

function modelView(status: StatusState): StatusView {
  switch (status.kind) {
    case 'loading':
      return view('loading~spin', t('Lacuna loading'), [status.sentence]);
    case 'failed':
      return { ...view('error', t('Lacuna failed'), [status.sentence]), isFailure: true };
    case 'ready':
      return readyView(status);
  }
}

function readyView({ isComputing, outcome }: Extract<StatusState, { kind: 'ready' }>): StatusView {
  // All of these have the same width, so that nothing beside them moves while one types.
  if (isComputing) return view('loading~spin', t('Lacuna ready'), [t('A suggestion is being computed.')]);
  switch (outcome?.kind) {
    case undefined:
      return view('check', t('Lacuna ready'), [t('Type, and a suggestion appears where one is likely enough.')]);
    case 'nothing':
      return view('dash', t('Lacuna ready'), [t('Nothing was suggested. {0}', outcome.sentence)]);
    case 'suggested': {
      const percent = Math.round(outcome.probability * 100);
      const sentence = outcome.fromCache
        ? t('The last suggestion was known already; its probability was {0} %.', percent)
        : t('The last suggestion took {0} ms; its probability was {1} %.', Math.round(outcome.latencyMs), percent);
      return view('check', t('Lacuna ready'), [sentence]);
    }
  }
}

function view(icon: string, words: string, sentences: readonly string[]): StatusView {
  const label = [`${words}.`, ...sentences].join(' ');
  return { text: `$(${icon}) ${words}`, words, sentences, label, isFailure: false, isBusy: icon === 'loading~spin' };
}
