// What the status bar shows, as text: the gate first, then the model. Every icon stands beside a word.

import type { Gate } from './gate.js';
import type { StatusState } from './statusState.js';

export interface StatusView {
  /** With an icon, for the bar. */
  readonly text: string;
  /** For the tooltip; whole sentences. */
  readonly sentences: readonly string[];
  /** For screen readers: the same without icons. */
  readonly label: string;
  readonly isFailure: boolean;
}

export function statusView(gate: Gate, status: StatusState): StatusView {
  switch (gate.kind) {
    case 'off':
      return view('circle-slash', 'Lacuna off', ['Suggestions are switched off.']);
    case 'snoozed':
      return view('bell-slash', `Lacuna snoozed until ${clock(gate.until)}`, [
        `Suggestions come back at ${clock(gate.until)}.`,
      ]);
    case 'offForLanguage':
      return view('circle-slash', 'Lacuna off', [
        `Suggestions are switched off for the language "${gate.languageId}".`,
      ]);
    case 'hiddenByEditor':
      return view('circle-slash', 'Lacuna off', [
        'The editor shows no suggestions, since its setting "editor.inlineSuggest.enabled" is off.',
      ]);
    case 'open':
      return modelView(status);
    case 'notCovered':
      return status.kind === 'ready'
        ? view('dash', 'Lacuna ready', ['No suggestions are made in documents of this kind.'])
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
      return view('loading~spin', 'Lacuna loading', [status.sentence]);
    case 'failed':
      return { ...view('error', 'Lacuna failed', [status.sentence]), isFailure: true };
    case 'ready':
      return readyView(status);
  }
}

function readyView({ isComputing, outcome }: Extract<StatusState, { kind: 'ready' }>): StatusView {
  // All of these have the same width, so that nothing beside them moves while one types.
  if (isComputing) return view('loading~spin', 'Lacuna ready', ['A suggestion is being computed.']);
  switch (outcome?.kind) {
    case undefined:
      return view('check', 'Lacuna ready', ['Type, and a suggestion appears where one is likely enough.']);
    case 'nothing':
      return view('dash', 'Lacuna ready', [`Nothing was suggested. ${outcome.sentence}`]);
    case 'suggested': {
      const took = outcome.fromCache ? 'was known already' : `took ${Math.round(outcome.latencyMs)} ms`;
      return view('check', 'Lacuna ready', [
        `The last suggestion ${took}; its probability was ${Math.round(outcome.probability * 100)} %.`,
      ]);
    }
  }
}

function view(icon: string, words: string, sentences: readonly string[]): StatusView {
  return { text: `$(${icon}) ${words}`, sentences, label: [`${words}.`, ...sentences].join(' '), isFailure: false };
}
