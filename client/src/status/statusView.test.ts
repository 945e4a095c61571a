import { expect, test } from 'vitest';
import type { StatusParams } from '../../../server/src/protocol/messages.js';
import type { Gate } from './gate.js';
import { inOtherDocument, initialStatus, nextStatus, type StatusState } from './statusState.js';
import { clock, statusView } from './statusView.js';

const after = (...said: StatusParams[]): StatusState => said.reduce(nextStatus, initialStatus());
const open: Gate = { kind: 'open' };
const halfPastTwo = new Date(2030, 0, 1, 14, 30).getTime();
const suggested: StatusParams = { kind: 'suggested', latencyMs: 181.6, fromCache: false, probability: 0.42 };
const nothing: StatusParams = { kind: 'nothing', latencyMs: 3, sentence: 'The cursor is inside a word.' };

const cases: [name: string, gate: Gate, status: StatusState, text: string, sentence: RegExp][] = [
  ['the beginning', open, initialStatus(), '$(loading~spin) Lacuna loading', /starting/],
  ['a loaded model', open, after({ kind: 'ready' }), '$(check) Lacuna ready', /appears/],
  ['a suggestion', open, after({ kind: 'ready' }, suggested), '$(check) Lacuna ready', /182 ms.* 42 %/],
  ['a suggestion from the cache', open, after({ ...suggested, fromCache: true }), '$(check) Lacuna ready', /known/],
  ['silence', open, after({ kind: 'ready' }, nothing), '$(dash) Lacuna ready', /inside a word/],
  ['another document', open, inOtherDocument(after(nothing)), '$(check) Lacuna ready', /appears/],
  ['computing', open, after(nothing, { kind: 'computing' }), '$(loading~spin) Lacuna ready', /computed/],
  ['computing without a model', open, after({ kind: 'computing' }), '$(loading~spin) Lacuna loading', /starting/],
  [
    'a cancelled request',
    open,
    after(nothing, { kind: 'computing' }, { kind: 'ready' }),
    '$(dash) Lacuna ready',
    /word/,
  ],
  ['a failure', open, after({ kind: 'failed', sentence: 'No file.' }), '$(error) Lacuna failed', /No file\./],
  [
    'a request after a failure',
    open,
    after({ kind: 'failed', sentence: 'No file.' }, nothing),
    '$(error) Lacuna failed',
    /./,
  ],
  ['an output panel', { kind: 'notCovered' }, after(suggested), '$(dash) Lacuna ready', /of this kind/],
  ['an output panel without a model', { kind: 'notCovered' }, initialStatus(), '$(loading~spin) Lacuna loading', /./],
  ['the switch', { kind: 'off' }, after(suggested), '$(circle-slash) Lacuna off', /switched off/],
  ['a language', { kind: 'offForLanguage', languageId: 'go' }, after(suggested), '$(circle-slash) Lacuna off', /"go"/],
  ['the editor', { kind: 'hiddenByEditor' }, after(suggested), '$(circle-slash) Lacuna off', /editor\.inlineSuggest/],
  [
    'a snooze',
    { kind: 'snoozed', until: halfPastTwo },
    after(suggested),
    '$(bell-slash) Lacuna snoozed until 14:30',
    /14:30/,
  ],
];

test.each(cases)('the status bar shows %s', (_name, gate, status, text, sentence) => {
  const view = statusView(gate, status);
  expect(view.text).toBe(text);
  expect(view.sentences.join(' ')).toMatch(sentence);
});

test.each(cases)('a screen reader reads all that is shown of %s, and no icon', (_name, gate, status) => {
  const { text, label, sentences } = statusView(gate, status);
  expect(label).toContain(text.replace(/^\$\([a-z~-]+\) /, ''));
  for (const sentence of sentences) expect(label).toContain(sentence);
  expect(label).not.toContain('$(');
});

test.each(cases)('%s is busy while its icon turns, and its words are those beside the icon', (_name, gate, status) => {
  const view = statusView(gate, status);
  expect(view.isBusy).toBe(view.text.includes('~spin'));
  expect(view.text.endsWith(` ${view.words}`)).toBe(true);
});

test('a time has two digits for hours and minutes', () => {
  expect(clock(new Date(2030, 0, 1, 9, 5).getTime())).toBe('09:05');
});
