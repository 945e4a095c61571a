import { expect, test } from 'vitest';
import { gateOf, type Gate, type GateInput } from './gate.js';

const usual: GateInput = {
  enable: true,
  languages: { '*': true },
  editorShowsSuggestions: true,
  snoozedUntil: undefined,
  isCovered: true,
  languageId: 'python',
};

test.each<[string, Partial<GateInput>, Gate['kind']]>([
  ['the defaults', {}, 'open'],
  ['no document', { languageId: undefined, languages: { '*': false } }, 'open'],
  ['the switch', { enable: false }, 'off'],
  ['the switch during a snooze', { enable: false, snoozedUntil: 1 }, 'off'],
  ['a snooze', { snoozedUntil: 1 }, 'snoozed'],
  ['a language that is off', { languages: { '*': true, python: false } }, 'offForLanguage'],
  ['the only language that is on', { languages: { '*': false, python: true } }, 'open'],
  ['all languages off', { languages: { '*': false } }, 'offForLanguage'],
  ['an empty table of languages', { languages: {} }, 'open'],
  ['an editor that shows no suggestions', { editorShowsSuggestions: false }, 'hiddenByEditor'],
  ['an output panel', { isCovered: false }, 'notCovered'],
])('the gate for %s', (_name, given, kind) => {
  expect(gateOf({ ...usual, ...given }).kind).toBe(kind);
});
